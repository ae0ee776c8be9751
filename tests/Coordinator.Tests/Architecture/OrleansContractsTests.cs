using System.Reflection;
using Coordinator.Client;
using Coordinator.Core.Queueing;
using Coordinator.Grains;
using Coordinator.Grains.Contention;
using Coordinator.Locking;
using Coordinator.TestServers;

namespace Coordinator.Tests.Architecture;

/// <summary>During a rolling restart silos and clients of two versions communicate. The wire format changes only on purpose, by
/// addition.</summary>
public sealed class OrleansContractsTests
{
    /// <summary>If this is 1, the test writes the file instead of comparing it.</summary>
    private const string Accept = "COORDINATOR_ACCEPT_CONTRACTS";

    private static readonly Assembly[] Assemblies =
    [
        typeof(ITableGrain).Assembly,
        typeof(WriteQueue).Assembly,
        typeof(ICoordinatorClient).Assembly,
        typeof(LockingOptions).Assembly,
        typeof(ContentionRegistry).Assembly,
    ];

    private static string FilePath => Path.Combine(HostProgram.Root().FullName, "src", "orleans-contracts.txt");

    [Fact]
    public async Task What_travels_is_what_the_contracts_file_says()
    {
        var found = OrleansContracts.Of(Assemblies);
        if (Environment.GetEnvironmentVariable(Accept) == "1") await File.WriteAllTextAsync(FilePath, found);
        var accepted = await File.ReadAllTextAsync(FilePath);
        Assert.True(
            found == accepted,
            $"""
            The contracts differ from src/orleans-contracts.txt. A member or method that is removed, renumbered or of another type breaks a rolling
            restart.
            If the change only adds, accept it: {Accept}=1 tests/run --filter {nameof(OrleansContractsTests)}
            Removed: {Difference(accepted, found)}
            Added:   {Difference(found, accepted)}
            """);
    }

    [Fact]
    public void Every_type_and_method_that_travels_has_an_alias() => Assert.Empty(OrleansContracts.Unnamed(Assemblies));

    private static string Difference(string one, string other) => string.Join(" | ", one.Split('\n').Except(other.Split('\n')));
}
