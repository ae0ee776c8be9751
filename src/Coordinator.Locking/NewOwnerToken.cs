using Coordinator.Grains;

namespace Coordinator.Locking;

/// <summary>Owner tokens: letters and digits, unique for each activation, beginning with the silo's name for readability.</summary>
internal static class NewOwnerToken
{
    private const int MaxSiloLength = 40;

    public static OwnerToken Of(string siloName) =>
        new(string.Concat(siloName.Where(char.IsAsciiLetterOrDigit).Take(MaxSiloLength)) + "x" + Guid.NewGuid().ToString("N"));
}
