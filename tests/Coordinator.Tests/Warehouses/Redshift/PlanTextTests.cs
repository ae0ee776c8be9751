using Coordinator.Warehouse.Redshift.Explaining;

namespace Coordinator.Tests.Warehouses.Redshift;

/// <summary>Plans as Amazon's documentation and workshops print them.</summary>
public sealed class ExplainTextTests
{
    /// <summary>Database Developer Guide, "Creating and interpreting a query plan".</summary>
    public const string Aggregate = """
        XN HashAggregate  (cost=131.97..133.41 rows=576 width=17)
          ->  XN Seq Scan on event  (cost=0.00..87.98 rows=8798 width=17)
        """;

    /// <summary>Database Developer Guide, "Reviewing query plan steps".</summary>
    public const string HashJoin = """
        XN Merge  (cost=1002815366604.92..1002815366606.36 rows=576 width=27)
          Merge Key: sum(sales.pricepaid)
          ->  XN Network  (cost=1002815366604.92..1002815366606.36 rows=576 width=27)
                Send to leader
                ->  XN Sort  (cost=1002815366604.92..1002815366606.36 rows=576 width=27)
                      Sort Key: sum(sales.pricepaid)
                      ->  XN HashAggregate  (cost=2815366577.07..2815366578.51 rows=576 width=27)
                            ->  XN Hash Join DS_BCAST_INNER  (cost=109.98..2815365714.80 rows=172456 width=27)
                                  Hash Cond: ("outer".eventid = "inner".eventid)
                                  ->  XN Seq Scan on sales  (cost=0.00..1724.56 rows=172456 width=14)
                                  ->  XN Hash  (cost=87.98..87.98 rows=8798 width=21)
                                        ->  XN Seq Scan on event  (cost=0.00..87.98 rows=8798 width=21)
        """;

    /// <summary>Prescriptive Guidance, "Query plan": tables with aliases.</summary>
    public const string Aliases = """
        XN Limit  (cost=1004400430902.15..1004400430902.17 rows=10 width=39)
          ->  XN Merge  (cost=1004400430902.15..1004400430926.97 rows=9928 width=39)
                Merge Key: sum(li.l_quantity)
                ->  XN Network  (cost=1004400430902.15..1004400430926.97 rows=9928 width=39)
                      Send to leader
                      ->  XN Sort  (cost=1004400430902.15..1004400430926.97 rows=9928 width=39)
                            Sort Key: sum(li.l_quantity)
                            ->  XN HashAggregate  (cost=4400430218.24..4400430243.06 rows=9928 width=39)
                                  ->  XN Hash Join DS_BCAST_INNER  (cost=21489.58..4400401726.35 rows=5698378 width=39)
                                        Hash Cond: ("outer".l_suppkey = "inner".s_suppkey)
                                        ->  XN Hash Join DS_DIST_NONE  (cost=21364.58..273387.85 rows=5698378 width=14)
                                              Hash Cond: ("outer".l_orderkey = "inner".o_orderkey)
                                              ->  XN Seq Scan on lineitem li  (cost=0.00..60012.15 rows=6001215 width=22)
                                              ->  XN Hash  (cost=17803.81..17803.81 rows=1424306 width=8)
                                                    ->  XN Seq Scan on orders o  (cost=0.00..17803.81 rows=1424306 width=8)
                                                          Filter: (o_orderdate > '1992-05-01'::date)
                                        ->  XN Hash  (cost=100.00..100.00 rows=10000 width=33)
                                              ->  XN Seq Scan on supplier s  (cost=0.00..100.00 rows=10000 width=33)
        """;

    /// <summary>Database Developer Guide, Redshift Spectrum's query plan, beside a local table.</summary>
    public const string External = """
        XN Limit  (cost=1001055770628.63..1001055770628.65 rows=10 width=31)
          ->  XN Merge  (cost=1001055770628.63..1001055770650.62 rows=8798 width=31)
                Merge Key: sum(sales.derived_col2)
                ->  XN Network  (cost=1001055770628.63..1001055770650.62 rows=8798 width=31)
                      Send to leader
                      ->  XN Sort  (cost=1001055770628.63..1001055770650.62 rows=8798 width=31)
                            Sort Key: sum(sales.derived_col2)
                            ->  XN HashAggregate  (cost=1055770030.26..1055770052.26 rows=8798 width=31)
                                  ->  XN Hash Join DS_BCAST_INNER  (cost=3119.97..1055769620.49 rows=81953 width=31)
                                        Hash Cond: ("outer".derived_col1 = "inner".eventid)
                                        ->  XN S3 Query Scan sales  (cost=3010.00..5010.50 rows=200000 width=31)
                                              ->  S3 HashAggregate  (cost=3010.00..3010.50 rows=200000 width=16)
                                                    ->  S3 Seq Scan spectrum.sales location:"s3://redshift-downloads/tickit/spectrum/sales" format:TEXT  (cost=0.00..2150.00 rows=172000 width=16)
                                                          Filter: (pricepaid > 30.00)
                                        ->  XN Hash  (cost=87.98..87.98 rows=8798 width=4)
                                              ->  XN Seq Scan on event  (cost=0.00..87.98 rows=8798 width=4)
        """;

    /// <summary>A workshop's union of a local and a partitioned external table through a view.</summary>
    private const string Partitions = """
        XN HashAggregate  (cost=90025653.19..90025653.19 rows=2 width=48)
          ->  XN Subquery Scan adb305_view_nytaxirides  (cost=25608.12..90025653.17 rows=2 width=48)
                ->  XN Append  (cost=25608.12..90025653.15 rows=2 width=38)
                      ->  XN Subquery Scan "*SELECT* 1"  (cost=25608.12..25608.13 rows=1 width=18)
                            ->  XN HashAggregate  (cost=25608.12..25608.12 rows=1 width=18)
                                  ->  XN Seq Scan on t201601_pqt  (cost=0.00..25292.49 rows=31563 width=18)
                                        Filter: ((passenger_count = 4) AND ("month" = 1) AND ("year" = 2016))
                      ->  XN Subquery Scan "*SELECT* 2"  (cost=90000045.00..90000045.02 rows=1 width=38)
                            ->  XN HashAggregate  (cost=90000045.00..90000045.01 rows=1 width=38)
                                  ->  XN Partition Loop  (cost=90000000.00..90000035.00 rows=1000 width=38)
                                        ->  XN Seq Scan PartitionInfo of adb305.nytaxirides  (cost=0.00..15.00 rows=1 width=30)
                                              Filter: (("month" = 1) AND ("year" = 2016))
                                        ->  XN S3 Query Scan nytaxirides  (cost=45000000.00..45000010.00 rows=1000 width=8)
                                              ->  S3 Aggregate  (cost=45000000.00..45000000.00 rows=1000 width=0)
                                                    ->  S3 Seq Scan adb305.nytaxirides location:"s3://us-west-2.serverless-analytics/canonical/NY-Pub" format:PARQUET  (cost=0.00..37500000.00 rows=3000000000 width=0)
        """;

    /// <summary>A correlated sub-query in an update, with an internal working table of Redshift.</summary>
    private const string Working = """
        XN Hash Join DS_DIST_OUTER  (cost=15.00..4801542.00 rows=7200 width=8)
          Hash Cond: ("outer".id = "inner".id)
          ->  XN Seq Scan on volt_tt_606590308c6a3  (cost=0.00..0.01 rows=1 width=8)
          ->  XN Hash  (cost=12.00..12.00 rows=1200 width=4)
                ->  XN Subquery Scan volt_dt_0  (cost=104.33..120.24 rows=909 width=44)
                      ->  XN Seq Scan on sales  (cost=0.00..69.55 rows=4637 width=19)
        ----- Tables missing statistics: sales -----
        ----- Update statistics by running the ANALYZE command on these tables -----
        """;

    /// <summary>Database Developer Guide, "Using EXPLAIN for RLS": a table's alias, and with the permission the table itself.</summary>
    public const string Secured = """
        XN Hash Join DS_DIST_ALL_NONE  (cost=0.08..0.25 rows=1 width=4)
          Hash Cond: ("outer".k_dim = "inner"."k")
          ->  XN RLS SecureScan f  (cost=0.00..0.14 rows=2 width=4)
                Filter: ((k_dim / 10) > 0)
          ->  XN Hash  (cost=0.07..0.07 rows=2 width=8)
                ->  XN Seq Scan on dim_tbl d  (cost=0.00..0.07 rows=2 width=8)
        """;

    public const string SecuredInFull = """
        XN RLS SecureScan f  (cost=0.00..0.14 rows=2 width=4)
          Filter: ((k_dim / 10) > 0)
          ->  XN Seq Scan on fact_tbl rls_table  (cost=0.00..0.06 rows=5 width=8)
        """;

    /// <summary>The same page, Lake Formation.</summary>
    public const string Shared = "XN LF SecureScan t_share  (cost=0.00..0.02 rows=2 width=11)";

    /// <summary>A federated table, with the remote scan and without it.</summary>
    private const string Federated = """
        XN PG Query Scan lineitem  (cost=0.00..332.70 rows=26270 width=4)
          ->  Remote PG Seq Scan apg.lineitem  (cost=0.00..332.70 rows=26270 width=4)
        """;

    public static TheoryData<string, string> Plans() => new()
    {
        { Aggregate, "event" },
        { HashJoin, "sales event" },
        { Aliases, "lineitem orders supplier" },
        { External, "spectrum.sales event" },
        { Partitions, "t201601_pqt adb305.nytaxirides" },
        { Working, "sales" },
        { Secured, "f dim_tbl" },
        { SecuredInFull, "f fact_tbl" },
        { Shared, "t_share" },
        { Federated, "apg.lineitem" },
        { "XN PG Query Scan lineitem  (cost=0.00..332.70 rows=26270 width=4)", "lineitem" },
        { "XN Seq Scan on #stage  (cost=0.00..0.10 rows=10 width=4)", "#stage" },
        { "XN Seq Scan on partner.public.sales s  (cost=0.00..0.10 rows=10 width=4)", "partner.public.sales" },
        { "XN Hash IN Join DS_DIST_ALL_NONE  (cost=1.0..2.0 rows=1 width=1)\n  ->  XN Seq Scan on \"Mixed Case\" \"x y\"  (cost=0.00..1.00 rows=1 "
            + "width=1)\n  ->  XN Seq Scan on \"a\"\"b\"  (cost=0.00..1.00 rows=1 width=1)", "Mixed Case a\"b" },
        { "XN Seq Scan on test_dist_even t1  (cost=0.00..12.00 rows=1200 width=4)\n->  XN Seq Scan on test_dist_even t2  (cost=0.00..12.00 "
            + "rows=1200 width=4)", "test_dist_even" },
        { "XN Nested Loop DS_BCAST_INNER  (cost=1.0..2.0 rows=1 width=1)\n  Filter: (\"note\" = 'XN Seq Scan on nothing')\n  ->  LD Seq Scan on "
            + "pg_class  (cost=0.00..1.00 rows=1 width=1)", "" },
        { "XN Result  (cost=0.00..0.01 rows=1 width=0)", "" },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Scanned_tables_are_read_out_of_a_plan(string plan, string tables)
    {
        var text = new PlanText(plan.Split('\n'));
        Assert.Equal(tables, string.Join(' ', text.Tables.Select(static t =>
            string.Join('.', new[] { t.Database, t.Schema, t.Table }.Where(static part => part.Length > 0)))));
        Assert.False(text.LeavesOut);
    }

    [Fact]
    public void A_plan_says_when_a_part_of_it_never_runs() =>
        Assert.True(new PlanText(["XN Result  (cost=0.00..0.01 rows=1 width=0)", "  One-Time Filter: false"]).LeavesOut);

    [Fact]
    public void A_plan_says_when_it_hides_what_a_policy_reads()
    {
        Assert.Equal(["f"], new PlanText(Secured.Split('\n')).Secured);
        Assert.Empty(new PlanText(SecuredInFull.Split('\n')).Secured);
        Assert.Empty(new PlanText([Shared]).Secured);
    }
}
