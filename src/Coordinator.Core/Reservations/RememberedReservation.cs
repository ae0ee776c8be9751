using System.Globalization;
using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Core.Reservations;

/// <summary>A reservation in the memory.</summary>
/// <param name="Id">The update.</param>
/// <param name="Mode">Exclusive or shared.</param>
/// <param name="Holder">The holder.</param>
/// <param name="Grantor">The activation that granted it.</param>
/// <param name="Lease">How long the reservation lasts without a renewal.</param>
public sealed record RememberedReservation(IntentId Id, ReservationMode Mode, Holder Holder, OwnerToken Grantor, TimeSpan Lease)
{
    // The format may change. Text of another version is ignored.
    private const string Version = "1";

    private const int Fields = 7;

    /// <summary>Formats reservations as one line of printable ASCII.</summary>
    public static string Format(IReadOnlyList<RememberedReservation> reservations)
    {
        ArgumentNullException.ThrowIfNull(reservations);
        return string.Join(';', reservations.Select(static h => h.Text).Prepend(Version));
    }

    /// <summary>Parses the text of <see cref="Format"/>; null for any other text.</summary>
    public static IReadOnlyList<RememberedReservation>? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(';');
        if (parts[0] != Version) return null;
        var reservations = parts.Skip(1).Select(static part => Read(part.Split(','))).ToList();
        return reservations.Contains(null) ? null : [.. reservations.OfType<RememberedReservation>()];
    }

    private string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{Id},{(int)Mode},{string.Join(',', Texts.Select(Uri.EscapeDataString))},{Lease.Ticks}");

    private IEnumerable<string> Texts => [Holder.Token.ToString(), Holder.Silo.ToString(), Holder.Source, Grantor.ToString()];

    private static RememberedReservation? Read(string[] fields)
    {
        if (fields.Length != Fields
            || !IntentId.TryParse(fields[0], null, out var id)
            || !Enum.TryParse<ReservationMode>(fields[1], out var mode)
            || !long.TryParse(fields[6], NumberStyles.None, CultureInfo.InvariantCulture, out var lease)) return null;
        var texts = fields[2..6].Select(Uri.UnescapeDataString).ToArray();
        var holder = new Holder(HolderId.Read(texts[0]), SiloId.Read(texts[1]), texts[2]);
        return new RememberedReservation(id, mode, holder, OwnerToken.Read(texts[3]), TimeSpan.FromTicks(lease));
    }
}
