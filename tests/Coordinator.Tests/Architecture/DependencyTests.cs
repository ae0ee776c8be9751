using Coordinator.Core.Warehouses;

namespace Coordinator.Tests.Architecture;

public sealed class DependencyTests
{
    [Fact]
    public void Core_uses_no_type_of_a_runtime_a_driver_or_a_cache()
    {
        // Coordinator.Abstractions carries Orleans' attributes; Core itself may not name the runtime.
        string[] allowed = ["System.", "Coordinator.Abstractions", "Polly.Core", "Microsoft.Extensions.Logging.Abstractions"];
        var others = typeof(IWarehouse).Assembly.GetReferencedAssemblies().Select(static a => a.Name!)
            .Where(name => !allowed.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Empty(others);
    }
}
