using System.Globalization;

namespace Coordinator.Doctor.Auditing;

/// <summary>Numbers with their nouns.</summary>
internal static class Words
{
    /// <summary><c>1 row</c>, <c>2 rows</c>.</summary>
    public static string Count(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
