using System.Globalization;

namespace Coordinator.Top;

/// <summary>Figures as short text.</summary>
internal static class ContentionText
{
    public static string Of(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double? perSecond) =>
        perSecond is { } rate ? rate.ToString(rate is > 0 and < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture) : "–";

    public static string Time(double milliseconds) => milliseconds switch
    {
        <= 0 => "–",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(milliseconds / 60_000):0} m {milliseconds % 60_000 / 1000:00} s"),
    };

    public static string Holder(HolderFigures? holder) =>
        holder is null ? "–" : $"{holder.Kind} {holder.Source} {Time(holder.SinceMilliseconds)}".Trim();

    public static string Waiters(IReadOnlyList<WaiterFigures>? waiters) => waiters switch
    {
        null or [] => "–",
        [var first] => Waiter(first),
        [var first, ..] => $"{Waiter(first)}, {waiters.Count - 1} more",
    };

    public static string Lock(LockFigures? state) => state switch
    {
        null => "–",
        { RemainingMilliseconds: > 0 } => $"{state.State} {Time(state.RemainingMilliseconds)}",
        _ => state.State,
    };

    private static string Waiter(WaiterFigures waiter) => $"{waiter.Kind} {waiter.Source}{(waiter.Count > 1 ? $" ×{Of(waiter.Count)}" : "")}".Trim();
}
