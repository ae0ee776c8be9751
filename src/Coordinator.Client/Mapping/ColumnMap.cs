using System.Linq.Expressions;
using Coordinator.Rows;

namespace Coordinator.Client.Mapping;

/// <summary>How the values of one .NET type become a column.</summary>
internal abstract class ColumnMap(ColumnType type)
{
    /// <summary>What the column holds.</summary>
    public ColumnType Type { get; } = type;

    /// <summary>The type of the value between reading and appending: the property's own, or what it is converted to.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Reads and converts a property's value.</summary>
    /// <param name="property">The value as the property has it.</param>
    /// <param name="where">Type and property, for messages.</param>
    public abstract Expression Read(Expression property, string where);

    /// <summary>Appends a converted value, or a null.</summary>
    public abstract Expression Append(Expression column, Expression value);
}
