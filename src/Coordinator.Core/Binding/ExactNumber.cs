namespace Coordinator.Core.Binding;

/// <summary>A decimal number in text form: <c>[+-]digits[.digits][e[+-]exponent]</c>. It is parsed in place without rounding or
/// copying.</summary>
public readonly ref struct ExactNumber
{
    /// <summary>PostgreSQL allows 131,072 digits before the point and 16,383 after it. No other type allows more.</summary>
    private const int MaxExponent = 200_000;

    private readonly ReadOnlySpan<byte> _whole;
    private readonly ReadOnlySpan<byte> _fraction;
    private readonly int _leadingZeros;

    private ExactNumber(bool isNegative, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int exponent)
    {
        _whole = whole;
        _fraction = fraction;
        var count = whole.Length + fraction.Length;
        while (_leadingZeros < count && Written(_leadingZeros) == '0') _leadingZeros++;
        Count = count - _leadingZeros;
        IsNegative = isNegative && Count > 0;
        Scale = fraction.Length - exponent;
    }

    /// <summary>True below zero. Zero has no sign.</summary>
    public bool IsNegative { get; }

    /// <summary>The number of digits from the first non-zero digit to the last written one, including trailing zeros; 0 for zero.</summary>
    public int Count { get; }

    /// <summary>The number of written digits after the point. Negative if the last digit is followed by that many zeros before the
    /// point.</summary>
    public int Scale { get; }

    /// <summary>The number of trailing zeros among the <see cref="Count"/> digits.</summary>
    public int TrailingZeros
    {
        get
        {
            var zeros = 0;
            while (zeros < Count && this[Count - 1 - zeros] == 0) zeros++;
            return zeros;
        }
    }

    /// <summary>The number of digits before the point; 0 or less for numbers below one.</summary>
    public int WholeDigits => Count == 0 ? 0 : Count - Scale;

    /// <summary>A digit, 0 to 9, counted from the first non-zero digit.</summary>
    public int this[int index] => Written(_leadingZeros + index) - '0';

    /// <summary>Parses a number; false for any other text, including surrounding blanks, and for exponents that no warehouse supports.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ExactNumber number)
    {
        number = default;
        var isNegative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..]) text = text[1..];
        var whole = TakeDigits(ref text);
        ReadOnlySpan<byte> fraction = [];
        if (text is [(byte)'.', ..])
        {
            text = text[1..];
            fraction = TakeDigits(ref text);
        }

        if (whole.Length + fraction.Length == 0) return false;
        if (!TryTakeExponent(ref text, out var exponent) || !text.IsEmpty) return false;
        number = new ExactNumber(isNegative, whole, fraction, exponent);
        return true;
    }

    private static ReadOnlySpan<byte> TakeDigits(scoped ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }

    private static bool TryTakeExponent(scoped ref ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text is not [(byte)'e' or (byte)'E', ..]) return true;
        text = text[1..];
        var isNegative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..]) text = text[1..];
        var digits = TakeDigits(ref text);
        if (digits.IsEmpty) return false;
        foreach (var digit in digits)
        {
            exponent = exponent * 10 + digit - '0';
            if (exponent > MaxExponent) return false;
        }

        if (isNegative) exponent = -exponent;
        return true;
    }

    private byte Written(int index) => index < _whole.Length ? _whole[index] : _fraction[index - _whole.Length];
}
