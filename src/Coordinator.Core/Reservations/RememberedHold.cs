using System.Globalization;
using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Core.Reservations;

/// <summary>A hold as it is remembered.</summary>
/// <param name="Id">The update.</param>
/// <param name="Mode">Alone or beside other readers.</param>
/// <param name="Holder">Who holds.</param>
/// <param name="Grantor">The activation that let it in.</param>
/// <param name="Lease">How long the hold lasts unless renewed.</param>
public sealed record RememberedHold(IntentId Id, ReservationMode Mode, Holder Holder, string Grantor, TimeSpan Lease)
{
    // The form may change: what is not of this version is not read.
    private const string Version = "1";

    private const int Fields = 7;

    /// <summary>Holds as one line of printable ASCII.</summary>
    public static string Format(IReadOnlyList<RememberedHold> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        return string.Join(';', holds.Select(static h => h.Text).Prepend(Version));
    }

    /// <summary>Reads what <see cref="Format"/> wrote; null if the text is something else.</summary>
    public static IReadOnlyList<RememberedHold>? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(';');
        if (parts[0] != Version) return null;
        var holds = parts.Skip(1).Select(static part => Read(part.Split(','))).ToList();
        return holds.Contains(null) ? null : [.. holds.OfType<RememberedHold>()];
    }

    private string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{Id},{(int)Mode},{Uri.EscapeDataString(Holder.Token)},{Uri.EscapeDataString(Holder.Silo)},{Uri.EscapeDataString(Holder.Source)},{Uri.EscapeDataString(Grantor)},{Lease.Ticks}");

    private static RememberedHold? Read(string[] fields)
    {
        if (fields.Length != Fields
            || !IntentId.TryParse(fields[0], null, out var id)
            || !Enum.TryParse<ReservationMode>(fields[1], out var mode)
            || !long.TryParse(fields[6], NumberStyles.None, CultureInfo.InvariantCulture, out var lease)) return null;
        var texts = fields[2..6].Select(Uri.UnescapeDataString).ToArray();
        return new RememberedHold(id, mode, new Holder(texts[0], texts[1], texts[2]), texts[3], TimeSpan.FromTicks(lease));
    }
}
