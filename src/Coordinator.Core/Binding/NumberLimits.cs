using System.Numerics;
using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Binding;

/// <summary>Compares integers with the limits of a column.</summary>
internal static class NumberLimits
{
    /// <summary>More digits exceed the limits of every type.</summary>
    private const int MostDigits = 100;

    /// <summary>What would have fitted, or null if the number fits.</summary>
    public static string? Misfit(BigInteger value, WarehouseColumn target) =>
        value < target.Minimum || value > target.Maximum ? Expected(target) : null;

    /// <summary>What would have fitted, or null if the number fits. A column with limits has no fractional digits.</summary>
    public static string? Misfit(in ExactNumber number, WarehouseColumn target)
    {
        if (number.WholeDigits > MostDigits) return Expected(target);
        var value = BigInteger.Zero;
        for (var i = 0; i < number.WholeDigits; i++) value = value * 10 + (i < number.Count ? number[i] : 0);
        return Misfit(number.IsNegative ? -value : value, target);
    }

    private static string Expected(WarehouseColumn target) => (target.Minimum, target.Maximum) switch
    {
        (null, var most) => $"expected a whole number of at most {most}",
        (var least, null) => $"expected a whole number of at least {least}",
        var (least, most) => $"expected a whole number of {least} to {most}",
    };
}
