using System.Buffers;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Bytes; from text only in the form that the warehouse prints, <c>\x</c> and hexadecimal digits.</summary>
internal static class ToBytes
{
    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (source.Type == ColumnType.Bytes)
        {
            into.Append(text);
            return null;
        }

        if (!text.StartsWith("\\x"u8)) return "expected \\x and hexadecimal digits";
        var digits = text[2..];
        var bytes = ArrayPool<byte>.Shared.Rent(digits.Length / 2 + 1);
        try
        {
            if (digits.Length % 2 != 0 || System.Convert.FromHexString(digits, bytes, out _, out var written) != OperationStatus.Done)
                return "expected \\x and hexadecimal digits, two a byte";
            into.Append(bytes.AsSpan(0, written));
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
