using Coordinator.Core.Sql;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Explaining;

namespace Coordinator.Tests.Warehouses.Redshift;

public sealed class RedshiftTablesTests
{
    private static readonly CatalogNames Names = new(
        "warehouse",
        IsCaseSensitive: false,
        ["analytics", "public"],
        new[] { "public.event", "public.sales", "public.summary", "archive.sales", "analytics.summary", "lineitem", "orders", "supplier",
            "totals", "fact_tbl", "dim_tbl", "t_share" }.Select(TableName.Parse).ToHashSet(),
        new[] { "public.report", "archive.summary" }.Select(TableName.Parse).ToHashSet());

    [Theory]
    [InlineData("insert into totals select eventname, count(*) from event group by eventname", ExplainTextTests.Aggregate, "public.totals",
        "public.event", null)]
    [InlineData("insert into totals select eventname, sum(pricepaid) from sales, event where sales.eventid = event.eventid group by eventname",
        ExplainTextTests.HashJoin, "public.totals", "public.event public.sales", null)]
    // The schema of the statement, else the first schema in the search path that has the table.
    [InlineData("insert into summary select eventname, sum(pricepaid) from archive.sales, public.event "
        + "where sales.eventid = event.eventid group by 1", ExplainTextTests.HashJoin, "analytics.summary", "archive.sales public.event", null)]
    [InlineData("insert into public.summary select 1 from archive.sales a, sales b, event", ExplainTextTests.HashJoin, "public.summary",
        "archive.sales public.event public.sales", null)]
    [InlineData("insert into totals select s.s_name, sum(li.l_quantity) from lineitem li join orders o on o.o_orderkey = li.l_orderkey join "
        + "supplier s on s.s_suppkey = li.l_suppkey group by 1", ExplainTextTests.Aliases, "public.totals",
        "public.lineitem public.orders public.supplier", null)]
    [InlineData("insert into totals select top 10 spectrum.sales.eventid, sum(spectrum.sales.pricepaid) from spectrum.sales, event where "
        + "spectrum.sales.eventid = event.eventid group by 1", ExplainTextTests.External, "public.totals", "public.event spectrum.sales", null)]
    [InlineData("delete from event where eventid = 1", ExplainTextTests.Aggregate, "public.event", "", null)]
    [InlineData("delete from sales using event where sales.eventid = event.eventid", ExplainTextTests.HashJoin, "public.sales", "public.event", null)]
    [InlineData("update sales set pricepaid = 0 from event where sales.eventid = event.eventid", ExplainTextTests.HashJoin, "public.sales",
        "public.event", null)]
    [InlineData("insert into totals with e as (select * from event) select * from e", ExplainTextTests.Aggregate, "public.totals", "public.event",
        null)]
    [InlineData("insert into totals values (1)", "XN Result  (cost=0.00..0.01 rows=1 width=0)", "public.totals", "", null)]
    // Quoted identifiers fold too.
    [InlineData("insert into \"TOTALS\" select * from \"Public\".\"Event\"", ExplainTextTests.Aggregate, "public.totals", "public.event", null)]
    // Three parts: this database, another one, and a column.
    [InlineData("insert into warehouse.public.totals select * from WAREHOUSE.public.event", ExplainTextTests.Aggregate, "public.totals",
        "public.event", null)]
    [InlineData("insert into totals select * from partner.public.event", ExplainTextTests.Aggregate, "public.totals", "", null)]
    [InlineData("insert into totals select * from lf_db.public.t_share where a > 1", ExplainTextTests.Shared, "public.totals", "", null)]
    [InlineData("insert into totals select x.a from lf_db.public.sales x", "XN LF SecureScan x  (cost=0.00..0.02 rows=2 width=11)",
        "public.totals", "", null)]
    [InlineData("insert into totals select public.event.eventname from public.event", ExplainTextTests.Aggregate, "public.totals",
        "public.event", null)]
    [InlineData("insert into totals select * from event", "XN Seq Scan on partner.public.event  (cost=0.00..87.98 rows=8798 width=17)",
        "public.totals", "", "the plan does not scan public.event")]
    // A path into a SUPER column is no table of another database.
    [InlineData("insert into totals select o.data.sales from orders o", "XN Seq Scan on orders o  (cost=0.00..1.00 rows=1 width=4)\n"
        + "XN Seq Scan on sales  (cost=0.00..1.00 rows=1 width=4)", "public.totals", "public.orders", "the plan scans sales, which the statement")]
    // Row-level security shows aliases.
    [InlineData("insert into totals select d.cint from fact_tbl F inner join dim_tbl as d on F.k_dim = d.k", ExplainTextTests.Secured,
        "public.totals", "public.dim_tbl public.fact_tbl", "the policy of f for row-level security may read tables that the plan does not show")]
    [InlineData("insert into totals select 1 from fact_tbl f where f.k_dim / 10 > 0", ExplainTextTests.SecuredInFull, "public.totals",
        "public.fact_tbl", null)]
    // Plans that leave a doubt.
    [InlineData("insert into totals select * from report", ExplainTextTests.Aggregate, "public.totals", "",
        "in which schemas the tables of view public.report are")]
    [InlineData("insert into totals select * from somewhere", ExplainTextTests.Aggregate, "public.totals", "",
        "the plan scans event, which the statement does not name")]
    [InlineData("insert into totals select 1 from event where false", "XN Result  (cost=0.00..0.01 rows=1 width=0)\n  One-Time Filter: false",
        "public.totals", "", "leaves out of its plan what never runs")]
    [InlineData("insert into totals select event.* from event left join sales on sales.eventid = event.eventid", ExplainTextTests.Aggregate,
        "public.totals", "public.event", "the plan does not scan public.sales")]
    [InlineData("insert into nowhere select * from event", ExplainTextTests.Aggregate, "", "public.event", "no table nowhere to write to")]
    [InlineData("insert into archive.summary select * from event", ExplainTextTests.Aggregate, "", "public.event",
        "no table archive.summary to write to")]
    [InlineData("insert into partner.public.totals select * from event", ExplainTextTests.Aggregate, "", "public.event",
        "no table partner.public.totals to write to")]
    public void A_statement_s_tables_are_certain_or_in_doubt(string sql, string plan, string writes, string reads, string? doubt)
    {
        var found = TouchedTables.Find(1, Assert.Single(SqlText.Split(sql, SqlDialect.Redshift)), new PlanText(plan.Split('\n')), Names);
        Assert.Equal((writes, reads), (string.Join(' ', found.Writes), string.Join(' ', found.Reads)));
        if (doubt is null) Assert.Null(found.Doubt);
        else Assert.Contains(doubt, found.Doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "", "no table \"Totals\" to write to")]
    [InlineData(false, "public.totals", null)]
    public void Quotes_keep_capitals_where_identifiers_are_case_sensitive(bool isCaseSensitive, string writes, string? doubt)
    {
        var statement = SqlText.Split("insert into \"Totals\" values (1)", SqlDialect.Redshift)[0];
        var found = TouchedTables.Find(1, statement, new PlanText([]), Names with { IsCaseSensitive = isCaseSensitive });
        Assert.Equal(writes, string.Join(' ', found.Writes));
        Assert.Equal(doubt is not null, found.Doubt?.Contains(doubt ?? "", StringComparison.Ordinal) ?? false);
    }
}
