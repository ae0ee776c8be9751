using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Coordinator.Rows;

namespace Coordinator.Client.Mapping;

/// <summary>Maps objects to rows. One compiled delegate reads all properties; the rules are in the documentation of
/// <see cref="ICoordinatorClient.InsertAsync{T}"/>.</summary>
internal sealed class RowMapper<T>
{
    /// <summary>The number of rows between two checks of the size, so that an endless enumerable ends in an error before it fills the
    /// memory.</summary>
    private const int RowsBetweenChecks = 256;

    /// <summary>The size of the largest builder that a thread keeps for its next call.</summary>
    private const int MaxKeptBytes = 1024 * 1024;

    private static readonly Lazy<RowMapper<T>> Shared = new(static () => new RowMapper<T>());

    [ThreadStatic]
    private static RowBlockBuilder? _kept;

    private readonly Action<T, RowBlockBuilder> _append;
    private readonly bool _mayBeDerived = !typeof(T).IsValueType && !typeof(T).IsSealed;

    /// <summary>A runtime type that was found to have no other columns. Rows of one call usually have one type.</summary>
    private Type? _sameColumns = typeof(T);

    private RowMapper()
    {
        var columns = Columns().ToArray();
        if (columns.Length == 0) throw new NotSupportedException($"{typeof(T)} has no public property that could be a column.");
        Schema = new RowSchema([.. columns.Select(static c => (c.Name, c.Map.Type))]);
        _append = Compile(columns);
    }

    /// <summary>The mapper of the type, compiled once.</summary>
    public static RowMapper<T> Instance => Shared.Value;

    /// <summary>The columns, in the order in which the properties are declared.</summary>
    public RowSchema Schema { get; }

    /// <summary>Appends one row. Nothing is appended if a property cannot be read or mapped.</summary>
    public void Append(T row, RowBlockBuilder builder)
    {
        if (row is null) throw new InvalidRowsException($"Row {builder.RowCount + 1} is null: expected {typeof(T)}.");
        if (_mayBeDerived && row.GetType() is var type && type != _sameColumns) EnsureSameColumns(type, builder.RowCount + 1);
        _append(row, builder);
    }

    /// <summary>Makes a block of all rows.</summary>
    public RowBlock Encode(IEnumerable<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var builder = _kept ?? new RowBlockBuilder(Schema);
        _kept = null;
        foreach (var row in rows)
        {
            Append(row, builder);
            if (builder.RowCount % RowsBetweenChecks == 0 && builder.SizeBytes > RowBlock.MaxBytes) break;
        }

        if (builder.RowCount == 0) throw new InvalidRowsException("There is no row to insert: expected at least one.");
        var block = builder.Build();
        builder.Clear();
        if (block.SizeBytes <= MaxKeptBytes) _kept = builder;
        return block;
    }

    /// <summary>Throws for a row of a derived type with further columns: omitting them would lose data silently.</summary>
    private void EnsureSameColumns(Type type, int row)
    {
        var more = Properties(type).Select(ColumnName).Except(Schema.Names, StringComparer.Ordinal).ToList();
        if (more.Count > 0)
        {
            throw new InvalidRowsException(
                $"Row {row} is a {type}, which has {string.Join(", ", more)} beyond the columns of {typeof(T)}. Insert it as {type}, or mark what "
                    + $"is no column with [NotMapped].");
        }

        _sameColumns = type;
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static p => p.CanRead && p.GetIndexParameters().Length == 0 && !p.IsDefined(typeof(NotMappedAttribute)));

    private static string ColumnName(PropertyInfo property) =>
        property.GetCustomAttribute<ColumnAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static IEnumerable<(string Name, PropertyInfo Property, ColumnMap Map)> Columns()
    {
        foreach (var property in Properties(typeof(T)).OrderBy(static p => p.MetadataToken))
        {
            var column = property.GetCustomAttribute<ColumnAttribute>();
            var map = ColumnMaps.Find(property, column?.TypeName) ?? throw new NotSupportedException(
                $"{typeof(T)}.{property.Name} is a {property.PropertyType}, which no column type holds. Use a supported type, or leave it out with "
                    + $"[NotMapped].");
            yield return (ColumnName(property), property, map);
        }
    }

    /// <summary>Reads and converts all properties before it appends the first, so that a failed row leaves no partial row.</summary>
    private static Action<T, RowBlockBuilder> Compile((string Name, PropertyInfo Property, ColumnMap Map)[] columns)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var builder = Expression.Parameter(typeof(RowBlockBuilder), "builder");
        var values = new List<ParameterExpression>();
        var reads = new List<Expression>();
        var appends = new List<Expression>();
        for (var i = 0; i < columns.Length; i++)
        {
            var (name, property, map) = columns[i];
            var value = Expression.Variable(map.ValueType, name);
            values.Add(value);
            reads.Add(Expression.Assign(value, map.Read(Expression.Property(row, property), $"{typeof(T)}.{property.Name}")));
            appends.Add(map.Append(Expression.Property(builder, "Item", Expression.Constant(i)), value));
        }

        return Expression.Lambda<Action<T, RowBlockBuilder>>(Expression.Block(values, reads.Concat(appends)), row, builder).Compile();
    }
}
