using System.Security.Cryptography;
using System.Text;

namespace Coordinator.Locking;

/// <summary>The readable name of a grain's lock: <c>coordinator/SERVICE/TYPE/KEY</c>.</summary>
public static class LockKey
{
    // memcached's limit.
    private const int MaxLength = 250;

    private const int HashLength = 32;

    /// <summary>The key. Special characters are percent-encoded; a name that is too long ends in a hash of the whole.</summary>
    public static string Of(string serviceId, GrainId grainId) => Of(serviceId, grainId.Type.ToString(), grainId.Key.ToString());

    /// <summary>The key of the service's canary, one on each server: <c>coordinator/SERVICE/canary</c>.</summary>
    public static string OfCanary(string serviceId) => Of(serviceId, "canary");

    /// <summary>The key of a table's reservations: <c>coordinator/SERVICE/reservations/TABLE</c>.</summary>
    public static string OfReservations(string serviceId, string table) => Of(serviceId, "reservations", table);

    private static string Of(params ReadOnlySpan<string?> parts)
    {
        var name = "coordinator";
        foreach (var part in parts) name += "/" + Uri.EscapeDataString(part ?? "");
        if (name.Length <= MaxLength) return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
        return $"{name[..(MaxLength - HashLength - 1)]}~{hash}";
    }
}
