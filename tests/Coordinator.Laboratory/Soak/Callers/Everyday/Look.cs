namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>A look at the contention page and its figures, at an intent, at the jobs and at readiness.</summary>
internal sealed class Look : IEverydayEvent
{
    public string Name => "look";

    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public async Task HappenAsync(CallersScene scene, CancellationToken ct)
    {
        foreach (var silo in scene.Settings.Silos)
        {
            await ReadAsync(scene, new Uri(silo, "contention"), ct);
            await ReadAsync(scene, new Uri(silo, "api/contention?limit=100"), ct);
            await ReadAsync(scene, new Uri(silo, $"api/contention/public.{scene.AnyTable}"), ct);
            await ReadAsync(scene, new Uri(silo, "health/ready"), ct);
        }

        await ReadAsync(scene, new Uri(scene.Settings.ClientHost, "v1/jobs"), ct);
        await ReadAsync(scene, new Uri(scene.Settings.ClientHost, "health/ready"), ct);
        // No caller used this id.
        using var missing = await scene.Pages.GetAsync(new Uri(scene.Settings.ClientHost, $"v1/intents/{Guid.NewGuid()}"), ct);
    }

    private static async Task ReadAsync(CallersScene scene, Uri page, CancellationToken ct) => await scene.Pages.GetByteArrayAsync(page, ct);
}
