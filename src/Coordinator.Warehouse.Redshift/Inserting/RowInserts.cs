using System.Globalization;
using System.Text;
using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Warehouse.Redshift.Staging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Inserting;

/// <summary>Sends rows with multi-row INSERTs: as few as Redshift's limits of size and parameters allow, by measured size.</summary>
internal sealed class RowInserts : IDisposable
{
    /// <summary>Redshift accepts 16 MB. The difference is a reserve for the parts that cannot be measured here.</summary>
    public const int MaxStatementBytes = 15 * 1024 * 1024;

    /// <summary>The count of parameters is a signed 16-bit number.</summary>
    public const int MaxParameters = short.MaxValue;

    // "($32767," and the function or cast around it.
    private const int TextBytes = 48;

    private readonly NpgsqlConnection _connection;
    private readonly RowGroup _group;
    private readonly ValueWriter[] _writers;
    private readonly Column[] _columns;
    private readonly string _head;
    private readonly int _maxRows;
    private NpgsqlCommand _command = new();
    private int _rows;
    private long _bytes;

    private RowInserts(NpgsqlConnection connection, TableSchema schema, RowGroup group)
    {
        (_connection, _group) = (connection, group);
        _writers = [.. group.Columns.Select(static column => new ValueWriter(column))];
        _columns = new Column[_writers.Length];
        _head = $"INSERT INTO {schema.SqlName} ({string.Join(", ", group.Columns.Select(static column => column.SqlName))}) VALUES ";
        _maxRows = MaxParameters / _writers.Length;
    }

    public static async Task WriteAsync(
        NpgsqlConnection connection, TableSchema schema, IReadOnlyList<InsertIntent> intents, CancellationToken cancellationToken)
    {
        foreach (var group in RowGroup.Split(schema, intents))
        {
            using var inserts = new RowInserts(connection, schema, group);
            var number = 0L;
            foreach (var rows in group.Blocks)
            {
                for (var row = 0; row < rows.RowCount; row++) await inserts.AddAsync(rows, row, ++number, cancellationToken).ConfigureAwait(false);
            }

            await inserts.SendAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _command.Dispose();

    private async ValueTask AddAsync(RowBlock rows, int row, long number, CancellationToken cancellationToken)
    {
        long bytes = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] = rows.Column(i);
            bytes += TextBytes + _writers[i].Bytes(_columns[i], row);
            if (!_writers[i].Takes(_columns[i], row))
                throw Rejected(TooLong(_group.Columns[i], _columns[i].Bytes(row).Length), _group.Columns[i].Name, number);
        }

        if (bytes + _head.Length > MaxStatementBytes)
        {
            throw Rejected(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The row takes {bytes} bytes; a statement of Redshift takes at most {MaxStatementBytes} from here."),
                column: "", number);
        }

        if (_rows == _maxRows || _bytes + bytes + _head.Length > MaxStatementBytes) await SendAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < _columns.Length; i++) _writers[i].Add(_command.Parameters, _columns[i], row);
        _rows++;
        _bytes += bytes;
    }

    private static string TooLong(WarehouseColumn column, int bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"The value of type {column.TypeName} takes {bytes} bytes. An INSERT takes at most {ValueWriter.MaxArgumentBytes}, and half as many of "
            + $"VARBYTE; larger values are loaded from S3. Set {StagingOptions.Section}:{nameof(StagingOptions.Bucket)}.");

    private WarehouseException Rejected(string reason, string column, long number) =>
        new WarehouseException(FailureKind.Rejected, reason) { Cause = FailureCause.RejectedRow, Column = column, IsOfRow = true }
            .InRow(_group.Find(number));

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_rows == 0) return;
        await using var command = _command;
        command.Connection = _connection;
        command.CommandText = Sql();
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        (_command, _rows, _bytes) = (new NpgsqlCommand(), 0, 0);
    }

    private string Sql()
    {
        var sql = new StringBuilder(_head);
        var parameter = 0;
        for (var row = 0; row < _rows; row++)
        {
            for (var i = 0; i < _writers.Length; i++)
            {
                var around = _writers[i].Around;
                sql.Append(i > 0 ? "," : row > 0 ? ",(" : "(").Append(around[0]).Append('$').Append(CultureInfo.InvariantCulture, $"{++parameter}")
                    .Append(around[1]);
            }

            sql.Append(')');
        }

        return sql.ToString();
    }
}
