using System.Linq.Expressions;
using Coordinator.Rows;

namespace Coordinator.Client.Mapping;

/// <summary>The mapping of one .NET type to a column.</summary>
internal abstract class ColumnMap(ColumnType type)
{
    /// <summary>The type of the column.</summary>
    public ColumnType Type { get; } = type;

    /// <summary>The type of the value between the read and the append: the property's own, or the one that it is converted to.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Reads and converts a property's value.</summary>
    /// <param name="property">The value of the property.</param>
    /// <param name="where">Type and property, for error messages.</param>
    public abstract Expression Read(Expression property, string where);

    /// <summary>Appends a converted value, or a null.</summary>
    public abstract Expression Append(Expression column, Expression value);
}
