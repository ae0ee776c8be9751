using Coordinator.Contention;

namespace Coordinator.Dashboard.Words;

/// <summary>Turns as text.</summary>
public static class TurnWords
{
    /// <summary>The purpose of the turn: <c>inserts</c>, <c>update (writes)</c>, <c>update (reads)</c>, <c>another activation's
    /// lock</c>.</summary>
    public static string Kind(TurnKind kind) => kind switch
    {
        TurnKind.Insert => "inserts",
        TurnKind.Exclusive => "update (writes)",
        TurnKind.Shared => "update (reads)",
        TurnKind.Lock => "another activation's lock",
        _ => kind.ToText(),
    };

    /// <summary>The source, or a text for a source without a name.</summary>
    public static string Source(string source) => source.Length == 0 ? "(no name)" : source;

    /// <summary>True if it is a turn of inserts.</summary>
    public static bool IsInsert(TurnKind kind) => kind == TurnKind.Insert;

    /// <summary>True if it is not a turn: the activation waits for its lock, which another activation has or had.</summary>
    public static bool IsLock(TurnKind kind) => kind == TurnKind.Lock;

    /// <summary>Such as <c>nightly, update (writes)</c>.</summary>
    public static string Who(TurnKind kind, string source) => IsLock(kind) ? Kind(kind) : $"{Source(source)}, {Kind(kind)}";

    /// <summary>The holder of the turn.</summary>
    public static string Holder(TurnHolder holder) => Who(holder.Kind, holder.Source);

    /// <summary>Such as <c>40 inserts of ingest-7</c> or <c>nightly, update (writes)</c>.</summary>
    public static string Waiter(TurnWaiter waiter) => IsInsert(waiter.Kind)
        ? $"{Text.Some(waiter.Count, "insert", "inserts")} of {Source(waiter.Source)}"
        : $"{Source(waiter.Source)}, {Kind(waiter.Kind)}";
}
