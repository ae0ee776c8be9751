using System.Reflection;
using Coordinator.Core.Warehouses;
using Coordinator.RedshiftSimulator;
using Coordinator.Warehouse.DuckDb;
using Coordinator.Warehouse.Postgres;
using Coordinator.Warehouse.Redshift;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Every warehouse, isolation level, and Redshift deployment and write path runs the whole contract.</summary>
public sealed class ContractCoverageTests
{
    [Fact]
    public void Every_warehouse_runs_every_case_of_the_contract()
    {
        var warehouses = new[] { typeof(DuckDbServices).Assembly, typeof(PostgresServices).Assembly, typeof(RedshiftServices).Assembly }
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IWarehouse)))
            .Select(static type => type.Name[..^"Warehouse".Length]);
        string[] ofRedshift = [.. Enum.GetNames<IsolationLevel>(), "Serverless", "Staged"];
        string[] expected = [.. warehouses.SelectMany(name => name == "Redshift" ? ofRedshift.Select(way => name + way) : [name])
            .Select(static name => name + "ContractTests").Order()];
        var contracts = typeof(WarehouseContract).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(WarehouseContract)) && !type.IsAbstract).ToList();
        Assert.Equal(["DuckDbContractTests", "PostgresContractTests", "RedshiftSerializableContractTests", "RedshiftServerlessContractTests",
            "RedshiftSnapshotContractTests",
            "RedshiftStagedContractTests"], expected);
        Assert.Equal(expected, contracts.Select(static type => type.Name).Order());
    }

    [Fact]
    public void No_warehouse_replaces_or_skips_a_case()
    {
        var cases = typeof(WarehouseContract).GetMethods().Where(static method => method.GetCustomAttribute<FactAttribute>() is not null).ToList();
        Assert.True(cases.Count > 30, $"only {cases.Count} cases");
        Assert.All(cases, static method =>
        {
            Assert.False(method.IsVirtual, method.Name);
            Assert.Null(method.GetCustomAttribute<FactAttribute>()!.Skip);
        });
        var names = cases.Select(static method => method.Name).ToHashSet();
        var replaced = typeof(WarehouseContract).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(WarehouseContract)))
            .SelectMany(static type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public))
            .Where(method => names.Contains(method.Name));
        Assert.Empty(replaced);
    }
}
