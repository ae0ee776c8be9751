using System.Security.Cryptography;
using System.Text;

namespace Coordinator.Locking;

/// <summary>The name of a grain's lock, made for operators to read: <c>coordinator/SERVICE/TYPE/KEY</c>.</summary>
public static class LockKey
{
    // What memcached takes.
    private const int MaxLength = 250;

    private const int HashLength = 32;

    /// <summary>The key. Odd characters are percent-encoded; a name that is too long ends in a hash of the whole.</summary>
    public static string Of(string serviceId, GrainId grainId)
    {
        var name = string.Join('/', "coordinator", Escape(serviceId), Escape(grainId.Type.ToString()), Escape(grainId.Key.ToString()));
        if (name.Length <= MaxLength) return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
        return $"{name[..(MaxLength - HashLength - 1)]}~{hash}";
    }

    private static string Escape(string? part) => Uri.EscapeDataString(part ?? "");
}
