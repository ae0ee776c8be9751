using Coordinator.Clustering.Postgres;
using Coordinator.Core.Ledger;
using Coordinator.Tables;

namespace Coordinator.Tests.Tables;

public sealed class ProtectedSchemasTests
{
    [Theory]
    [InlineData("coordinator.x")]
    [InlineData("Coordinator.\"public.events\"")]
    [InlineData("\"COORDINATOR\".\"public.events#fence\"")]
    [InlineData("\"coordinator\".x")]
    [InlineData("coordinator_cluster.silo")]
    [InlineData("\"Coordinator_Cluster\".silo")]
    [InlineData("pg_catalog.pg_class")]
    [InlineData("PG_Catalog.pg_class")]
    [InlineData("\"PG_CATALOG\".pg_class")]
    [InlineData("pg_temp.x")]
    [InlineData("pg_toast_temp_3.x")]
    [InlineData("pg_internal.x")]
    [InlineData("pg_automv.x")]
    [InlineData("information_schema.tables")]
    [InlineData("\"Information_Schema\".\"tables\"")]
    public void The_coordinator_s_schemas_and_the_warehouse_s_are_never_a_target(string table)
    {
        Assert.True(ProtectedSchemas.Contains(TableName.Parse(table)));
        Assert.StartsWith($"{TableName.Parse(table)} is no table to write to: schema ", ProtectedSchemas.Refusal(TableName.Parse(table)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("public.coordinator")]
    [InlineData("public.pg_class")]
    [InlineData("coordinators.x")]
    [InlineData("\"coordinator \".x")]
    [InlineData("\"coordinator.x\".y")]
    [InlineData("coordinator2.x")]
    [InlineData("pgx.x")]
    [InlineData("main.x")]
    [InlineData("\"My Schema\".\"coordinator\"")]
    public void Any_other_is_a_table_like_others(string table) => Assert.False(ProtectedSchemas.Contains(TableName.Parse(table)));

    [Fact]
    public void The_ledgers_and_the_membership_are_where_they_are_protected()
    {
        Assert.Equal((ProtectedSchemas.Ledgers, ProtectedSchemas.Membership), (LedgerNames.Schema, MembershipSchema.Name));
        Assert.True(ProtectedSchemas.Contains(LedgerNames.Ledger(TableName.Parse("events"))));
        Assert.True(ProtectedSchemas.Contains(LedgerNames.Fence(TableName.Parse("events"))));
    }
}
