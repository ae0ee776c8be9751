using System.Globalization;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Cluster;

/// <summary>The wall clock of one place, which can be set while processes run there (libfaketime). Their monotonic clock stays true.</summary>
internal sealed class FakeClock(string name) : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"coordinator-lab-{Environment.ProcessId}-{name}.clock");

    /// <summary>Starts true, and returns the environment of processes that live by it.</summary>
    public IReadOnlyDictionary<string, string?> Start()
    {
        Set(TimeSpan.Zero);
        // Beside the program of its package.
        var program = Executable.Find("faketime", "faketime");
        var library = Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", SearchOption.AllDirectories).FirstOrDefault()
            ?? throw new FileNotFoundException($"{program} is there, and its library libfaketime.so.1 is not below /usr/lib.");
        return new Dictionary<string, string?>
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
    }

    /// <summary>Sets it within a second.</summary>
    /// <param name="ahead">How far it is ahead of the true time.</param>
    public void Set(TimeSpan ahead) => File.WriteAllText(_file, ahead.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");

    public void Dispose() => File.Delete(_file);
}
