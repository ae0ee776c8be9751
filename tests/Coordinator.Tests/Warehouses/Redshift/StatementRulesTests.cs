using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Explaining;

namespace Coordinator.Tests.Warehouses.Redshift;

public sealed class StatementRulesTests
{
    [Theory]
    [InlineData("delete from a; truncate a", "Statement 2 is TRUNCATE, which commits in Redshift all that was done before it. Use DELETE.")]
    [InlineData("vacuum full a", "Statement 1 is VACUUM, which Redshift does not run in a transaction, and an update is one. Leave it out,")]
    [InlineData("alter table a append from b", "Statement 1 is ALTER TABLE APPEND, which Redshift does not run in a transaction")]
    [InlineData("ALTER TABLE s.\"A b\" APPEND FROM b FILLTARGET", "Use INSERT INTO target SELECT … FROM source; DELETE FROM source.")]
    [InlineData("insert into a values ('\\'; '); use partner", "Statement 2 is USE, which changes the database")]
    public void What_no_transaction_of_Redshift_can_hold_is_refused(string sql, string reason)
    {
        var refused = Assert.Throws<WarehouseException>(() => StatementRules.Ensure(sql));
        Assert.Equal((FailureKind.Rejected, FailureCause.RejectedStatement), (refused.Kind, refused.Cause));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alter table a add column append int; alter table append rename to b; alter")]
    [InlineData("insert into vacuum select 1 as use; copy a from 's3://b/c' iam_role default; unload ('select 1') to 's3://b/d' iam_role default")]
    [InlineData("call p(); analyze a; merge into a using b on a.id = b.id remove duplicates")]
    public void What_it_can_hold_is_not(string sql) => StatementRules.Ensure(sql);

    [Theory]
    [InlineData("insert into warehouse.s.a values (1)", null)]
    [InlineData("delete from \"WAREHOUSE\".s.a", null)]
    [InlineData("insert into a select * from partner.public.b", null)]
    [InlineData("insert into a values (1); update partner.public.b set n = 1",
        "Statement 2 writes partner.public.b, a table of database partner, but the ledgers are in database warehouse.")]
    [InlineData("merge into partner.public.b using a on a.id = b.id when matched then delete", "Statement 1 writes partner.public.b")]
    [InlineData("copy partner.public.b from 's3://b/c' iam_role default", "Statement 1 writes partner.public.b")]
    [InlineData("create table if not exists partner.public.b as select 1", "Statement 1 writes partner.public.b")]
    [InlineData("select * into partner.public.b from a", "Statement 1 writes partner.public.b")]
    [InlineData("alter table partner.public.b add column n int", "Statement 1 writes partner.public.b")]
    [InlineData("drop table a, partner.public.b", "Statement 1 writes partner.public.b")]
    public void A_table_of_another_database_is_never_written(string sql, string? reason)
    {
        var refused = Record.Exception(() => StatementRules.EnsureLocal(SqlText.Split(sql, SqlDialect.Redshift), "warehouse"));
        if (reason is null) Assert.Null(refused);
        else Assert.Contains(reason, Assert.IsType<WarehouseException>(refused).Message, StringComparison.Ordinal);
    }
}
