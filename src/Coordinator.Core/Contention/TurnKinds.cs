using Coordinator.Grains;

namespace Coordinator.Core.Contention;

/// <summary>The kinds of turns, as operators see them.</summary>
public static class TurnKinds
{
    /// <summary>A batch of inserts.</summary>
    public const string Insert = "insert";

    /// <summary>An update that writes the table.</summary>
    public const string Exclusive = "exclusive";

    /// <summary>An update that reads it.</summary>
    public const string Shared = "shared";

    /// <summary>Not a turn yet: the activation waits for its lock, which another activation has or had.</summary>
    public const string Lock = "lock";

    internal static string Of(ReservationMode mode) => mode == ReservationMode.Exclusive ? Exclusive : Shared;
}
