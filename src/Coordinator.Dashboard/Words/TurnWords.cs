using Coordinator.Contention;

namespace Coordinator.Dashboard.Words;

/// <summary>Turns in words.</summary>
public static class TurnWords
{
    private const string Insert = "insert";

    /// <summary>What the turn does: <c>inserts</c>, <c>update (writes)</c>, <c>update (reads)</c>.</summary>
    public static string Kind(string kind) => kind switch
    {
        Insert => "inserts",
        "exclusive" => "update (writes)",
        "shared" => "update (reads)",
        _ => kind,
    };

    /// <summary>The source, or that it has no name.</summary>
    public static string Source(string source) => source.Length == 0 ? "(no name)" : source;

    /// <summary>True if it is a turn of inserts.</summary>
    public static bool IsInsert(string kind) => kind == Insert;

    /// <summary>Such as <c>nightly, update (writes)</c>.</summary>
    public static string Holder(TurnHolder holder) => $"{Source(holder.Source)}, {Kind(holder.Kind)}";

    /// <summary>Such as <c>40 inserts of ingest-7</c> or <c>nightly, update (writes)</c>.</summary>
    public static string Waiter(TurnWaiter waiter) => IsInsert(waiter.Kind)
        ? $"{Text.Some(waiter.Count, "insert", "inserts")} of {Source(waiter.Source)}"
        : $"{Source(waiter.Source)}, {Kind(waiter.Kind)}";
}
