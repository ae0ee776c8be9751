using Coordinator.Grains;

namespace Coordinator.Core.Contention;

/// <summary>What a turn is called, where operators read it.</summary>
public static class TurnKinds
{
    /// <summary>A batch of inserts.</summary>
    public const string Insert = "insert";

    /// <summary>An update that writes the table.</summary>
    public const string Exclusive = "exclusive";

    /// <summary>An update that reads it.</summary>
    public const string Shared = "shared";

    /// <summary>Not a turn yet: the activation waits for its lock, which another has, or had.</summary>
    public const string Lock = "lock";

    internal static string Of(ReservationMode mode) => mode == ReservationMode.Exclusive ? Exclusive : Shared;
}
