using System.IO.Compression;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using Microsoft.IO;

namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>The rows of one file, which can be encoded independently.</summary>
/// <param name="Number">The position of the file in the batch, from 0.</param>
/// <param name="RowsBefore">The number of rows in earlier files of the batch.</param>
internal sealed record FileRows(int Number, long RowsBefore)
{
    private static readonly RecyclableMemoryStreamManager Memory =
        new(new RecyclableMemoryStreamManager.Options { MaximumSmallPoolFreeBytes = 64 * 1024 * 1024 });

    private readonly List<(RowBlock Rows, int First, int End)> _parts = [];

    /// <summary>The number of rows.</summary>
    public long Count => _parts.Sum(static part => (long)part.End - part.First);

    /// <summary>Splits a batch into files of about the same size, by the wire size of the rows.</summary>
    public static IReadOnlyList<FileRows> Divide(IEnumerable<RowBlock> blocks, int fileBytes)
    {
        var files = new List<FileRows> { new(0, 0) };
        double room = fileBytes;
        foreach (var rows in blocks.Where(static rows => rows.RowCount > 0))
        {
            var rowBytes = (double)rows.SizeBytes / rows.RowCount;
            for (var row = 0; row < rows.RowCount;)
            {
                if (room < rowBytes && files[^1]._parts.Count > 0)
                {
                    files.Add(new FileRows(files.Count, files[^1].RowsBefore + files[^1].Count));
                    room = fileBytes;
                }

                var end = row + (int)Math.Clamp(room / rowBytes, 1, rows.RowCount - row);
                files[^1]._parts.Add((rows, row, end));
                room -= (end - row) * rowBytes;
                row = end;
            }
        }

        return files;
    }

    /// <summary>Writes the rows as compressed CSV. The caller disposes the stream.</summary>
    public (Stream Content, bool HasLineBreaks) Encode(WarehouseType[] types, string nullMarker)
    {
        using var encoder = new CsvEncoder(types, nullMarker);
        var content = Memory.GetStream();
        using (var zip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var (rows, first, end) in _parts)
            {
                for (var row = first; row < end;)
                {
                    row = encoder.WriteRows(rows, row, end);
                    zip.Write(encoder.Pending.Span);
                    encoder.Clear();
                }
            }
        }

        content.Position = 0;
        return (content, encoder.HasLineBreaks);
    }
}
