namespace Coordinator.Laboratory.Faults;

internal sealed class PauseSilo : IFault
{
    public string Name => "pause-silo";

    public string Title => "silo paused for longer than the TTL (SIGSTOP, SIGCONT)";

    public async Task StrikeAsync(Scene scene)
    {
        scene.Harm(scene.Victim);
        await scene.Victim.SignalAsync("STOP");
        await scene.PauseAsync(scene.BeyondTtl);
        await scene.Victim.SignalAsync("CONT");
        // The test is about the first seconds after it resumes.
        await scene.PauseAsync(TimeSpan.FromSeconds(3));
    }
}
