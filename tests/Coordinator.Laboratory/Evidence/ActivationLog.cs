using System.Text.Json;
using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Reconstructs the activations from the lease events in the silos' logs.</summary>
internal static class ActivationLog
{
    // Coordinator.Locking/GhettoLease.Log.cs
    private const int Held = 1100;
    private const int Unverified = 1101;
    private const int Lost = 1102;
    private const int Begins = 1105;
    private const int Released = 1108;
    private const int Over = 1109;

    public static IEnumerable<Activation> Read(IEnumerable<SiloRun> runs) => runs.SelectMany(Read);

    private static IEnumerable<Activation> Read(SiloRun run)
    {
        var activations = new Dictionary<string, Activation>(StringComparer.Ordinal);
        foreach (var line in run.Process.StandardOutput.Split('\n'))
        {
            if (!line.Contains("Coordinator.Locking", StringComparison.Ordinal) || !line.StartsWith('{')) continue;
            using var entry = JsonDocument.Parse(line);
            var root = entry.RootElement;
            if (!root.TryGetProperty("State", out var state) || !state.TryGetProperty("Token", out var token)
                || !state.TryGetProperty("Key", out var key)) continue;
            var at = root.GetProperty("Timestamp").GetDateTimeOffset();
            var activation = activations.GetValueOrDefault(
                token.GetString()!, new Activation(key.GetString()!, at, run.Ended ?? DateTimeOffset.MaxValue, false));
            activations[token.GetString()!] = root.GetProperty("EventId").GetInt32() switch
            {
                Held or Unverified => activation with { Worked = true },
                Lost or Released or Over => activation with { Ended = at },
                Begins => activation with { Begun = at },
                _ => activation,
            };
        }

        return activations.Values;
    }

    /// <summary>The number of activations that began within a time span before an earlier activation of the same table, which had worked, was
    /// over.</summary>
    public static int CountDuplicates(IReadOnlyList<Activation> activations, DateTimeOffset from, DateTimeOffset to) =>
        activations.GroupBy(static a => a.Key).Sum(table => table.Count(later =>
            later.Begun >= from && later.Begun <= to
                && table.Any(earlier => earlier.Begun < later.Begun && earlier.Worked && earlier.Overlaps(later))));
}
