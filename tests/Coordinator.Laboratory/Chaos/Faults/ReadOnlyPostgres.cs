namespace Coordinator.Laboratory.Chaos.Faults;

internal sealed class ReadOnlyPostgres : IChaosFault
{
    public string Name => "read-only-postgres";

    public ChaosPlace Place => ChaosPlace.Warehouse;

    public TimeSpan Longest => TimeSpan.FromSeconds(20);

    public bool StopsWrites => true;

    public async Task StrikeAsync(ChaosScene scene)
    {
        await scene.RunAsync("ALTER SYSTEM SET default_transaction_read_only = on");
        await scene.RunAsync("SELECT pg_reload_conf()");
        await scene.LastAsync();
        await scene.RunAsync("ALTER SYSTEM RESET default_transaction_read_only");
        await scene.RunAsync("SELECT pg_reload_conf()");
    }
}
