using System.Globalization;
using System.Text;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Inserting;

/// <summary>Converts values of one column to parameters of types that Redshift supports: it has no bytea, json or uuid, and reads a binary
/// numeric as another number (npgsql#3843, #3919).</summary>
internal readonly struct ValueWriter(WarehouseColumn target)
{
    private const int FixedBytes = 12;

    // A sign, a point and 29 digits.
    private const int DecimalBytes = 31;

    // 2000-01-01, the wire format's epoch.
    private const long EpochMicroseconds = 630_822_816_000_000_000 / TimeSpan.TicksPerMicrosecond;
    private const int EpochDays = 730_119;

    private static readonly string[] Plain = ["", ""];

    /// <summary>The largest argument of JSON_PARSE and TO_VARBYTE in bytes, as a VARCHAR. COPY takes larger values.
    /// https://docs.aws.amazon.com/redshift/latest/dg/limitations-super.html</summary>
    public const int MaxArgumentBytes = 65_535;

    /// <summary>The SQL before and after the parameter.</summary>
    public string[] Around => target.Type switch
    {
        WarehouseType.Bytes => ["TO_VARBYTE(", ", 'hex')"],
        WarehouseType.Json => ["JSON_PARSE(", ")"],
        WarehouseType.Decimal => ["CAST(", $" AS {target.TypeName})"],
        _ => Plain,
    };

    /// <summary>Whether an INSERT can write the value: the argument of its function is not too long.</summary>
    public bool Takes(in Column column, int row) => target.Type switch
    {
        WarehouseType.Json => column.Bytes(row).Length <= MaxArgumentBytes,
        WarehouseType.Bytes => 2 * column.Bytes(row).Length <= MaxArgumentBytes,
        _ => true,
    };

    /// <summary>An upper bound for the size of a value on the wire.</summary>
    public int Bytes(in Column column, int row) => FixedBytes + target.Type switch
    {
        WarehouseType.Text or WarehouseType.Json => column.Bytes(row).Length,
        WarehouseType.Bytes => 2 * column.Bytes(row).Length,
        WarehouseType.Decimal => column.Type == ColumnType.Number ? column.Bytes(row).Length : DecimalBytes,
        _ => 0,
    };

    public void Add(NpgsqlParameterCollection parameters, in Column column, int row)
    {
        if (column.IsNull(row))
        {
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = DbType, Value = DBNull.Value });
            return;
        }

        switch (target.Type)
        {
            case WarehouseType.Int16 or WarehouseType.Int32 or WarehouseType.Int64:
                parameters.AddTyped(column.Int64(row), NpgsqlDbType.Bigint);
                break;
            case WarehouseType.Float32 or WarehouseType.Float64:
                parameters.AddTyped(column.Double(row), NpgsqlDbType.Double);
                break;
            case WarehouseType.Decimal:
                parameters.AddTyped(column.Type == ColumnType.Number ? column.Text(row) : column.Decimal(row).ToString(CultureInfo.InvariantCulture),
                    NpgsqlDbType.Varchar);
                break;
            case WarehouseType.Boolean:
                parameters.AddTyped(column.Boolean(row), NpgsqlDbType.Boolean);
                break;
            // As raw numbers: Npgsql converts the minimum timestamp to minus infinity, which Redshift does not have.
            case WarehouseType.Timestamp:
                parameters.AddTyped(Microseconds(column.Timestamp(row)), NpgsqlDbType.Timestamp);
                break;
            case WarehouseType.TimestampTz:
                parameters.AddTyped(Microseconds(column.TimestampTz(row)), NpgsqlDbType.TimestampTz);
                break;
            case WarehouseType.Date:
                parameters.AddTyped(column.Date(row).DayNumber - EpochDays, NpgsqlDbType.Date);
                break;
            case WarehouseType.Bytes:
                parameters.AddTyped(Convert.ToHexStringLower(column.Bytes(row).Span), NpgsqlDbType.Varchar);
                break;
            default:
                parameters.AddTyped(Encoding.UTF8.GetString(column.Bytes(row).Span), NpgsqlDbType.Varchar);
                break;
        }
    }

    private NpgsqlDbType DbType => target.Type switch
    {
        WarehouseType.Int16 or WarehouseType.Int32 or WarehouseType.Int64 => NpgsqlDbType.Bigint,
        WarehouseType.Float32 or WarehouseType.Float64 => NpgsqlDbType.Double,
        WarehouseType.Boolean => NpgsqlDbType.Boolean,
        WarehouseType.Timestamp => NpgsqlDbType.Timestamp,
        WarehouseType.TimestampTz => NpgsqlDbType.TimestampTz,
        WarehouseType.Date => NpgsqlDbType.Date,
        _ => NpgsqlDbType.Varchar,
    };

    /// <summary>Cuts off the part below a microsecond, always towards the past.</summary>
    private static long Microseconds(DateTime value) => value.Ticks / TimeSpan.TicksPerMicrosecond - EpochMicroseconds;
}
