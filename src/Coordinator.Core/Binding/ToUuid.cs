using System.Text;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>UUIDs, with hyphens or without.</summary>
internal static class ToUuid
{
    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (source.Type == ColumnType.Uuid)
        {
            into.Append(source.Uuid(row));
            return null;
        }

        Span<char> letters = stackalloc char[36];
        if (text.Length is not (36 or 32)
            || Ascii.ToUtf16(text, letters, out var length) != System.Buffers.OperationStatus.Done
            || !Guid.TryParseExact(letters[..length], length == 36 ? "D" : "N", out var value))
            return "expected a UUID such as 6f1c7c9e-0d4b-4b57-8d5e-0a4f6c1b2d3e";
        into.Append(value);
        return null;
    }
}
