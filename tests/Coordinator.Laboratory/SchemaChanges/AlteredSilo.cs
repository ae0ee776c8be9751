using Coordinator.Client;
using Coordinator.Core.Warehouses;
using Coordinator.Hosting;
using Coordinator.Laboratory.Broken;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>A silo in this process, with its client.</summary>
internal sealed class AlteredSilo(TestSilo silo) : IAsyncDisposable
{
    public ICoordinatorClient Client => silo.Services.GetRequiredService<ICoordinatorClient>();

    /// <param name="settings">The settings of its warehouse.</param>
    /// <param name="isBlind">Disables the check that the table is still the one that rows were bound to. The laboratory must detect the
    /// result.</param>
    public static async Task<AlteredSilo> StartAsync(IReadOnlyDictionary<string, string?> settings, bool isBlind)
    {
        // Redshift's flush interval would delay every case.
        IEnumerable<KeyValuePair<string, string?>> all = [.. settings, new("Coordinator:Grains:Queue:FlushInterval", "00:00:00.001")];
        return new AlteredSilo(await TestSilo.StartAsync(all, builder =>
        {
            builder.UseOrleans(silo => silo.AddCoordinator(builder.Configuration));
            builder.Services.AddCoordinatorClient(static options => options.Source = "ddl");
            if (isBlind) builder.Services.Decorate<IWarehouse, BlindWarehouse>(static (inner, _) => new BlindWarehouse(inner));
        }));
    }

    public ValueTask DisposeAsync() => silo.DisposeAsync();
}
