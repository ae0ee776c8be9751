using Coordinator.Core.Warehouses;
using Coordinator.Dashboard;

namespace Coordinator.Tests.Architecture;

public sealed class DependencyTests
{
    [Fact]
    public void Core_uses_no_type_of_a_runtime_a_driver_or_a_cache()
    {
        // Coordinator.Abstractions has Orleans' attributes; Core itself must not use the runtime.
        string[] allowed = ["System.", "Coordinator.Abstractions", "Polly.Core", "Microsoft.Extensions.Logging.Abstractions"];
        var others = typeof(IWarehouse).Assembly.GetReferencedAssemblies().Select(static a => a.Name!)
            .Where(name => !allowed.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Empty(others);
    }

    [Fact]
    public void The_contention_page_knows_no_more_of_the_coordinator_than_what_client_and_silo_share()
    {
        var ours = typeof(ContentionPage).Assembly.GetReferencedAssemblies().Select(static a => a.Name!)
            .Where(static name => name.StartsWith("Coordinator.", StringComparison.Ordinal));
        Assert.Equal(["Coordinator.Abstractions"], ours);
    }
}
