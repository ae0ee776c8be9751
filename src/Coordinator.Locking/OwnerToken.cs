namespace Coordinator.Locking;

/// <summary>Owner tokens: letters and digits, unique for each activation, beginning with the silo's name for readability.</summary>
internal static class OwnerToken
{
    private const int MaxSiloLength = 40;

    public static string New(string siloName) =>
        string.Concat(siloName.Where(char.IsAsciiLetterOrDigit).Take(MaxSiloLength)) + "x" + Guid.NewGuid().ToString("N");
}
