using System.Linq.Expressions;
using Coordinator.Rows;

namespace Coordinator.Client.Mapping;

/// <summary>Converts <typeparamref name="TProperty"/> with one delegate and appends with another. A nullable struct without a value or a null
/// reference appends null.</summary>
internal sealed class ConvertingMap<TProperty, TValue>(
    ColumnType type, Func<TProperty, string, TValue> convert, Action<ColumnBuilder, TValue> append, bool isNullable)
    : ColumnMap(type)
    where TProperty : notnull
    where TValue : notnull
{
    public override Type ValueType => typeof(Slot);

    public override Expression Read(Expression property, string where)
    {
        // No boxing of nullable structs: the compiled delegate accesses their value directly.
        if (isNullable && typeof(TProperty).IsValueType)
        {
            return Expression.Condition(
                Expression.Property(property, "HasValue"),
                Converted(Expression.Property(property, "Value"), where),
                Expression.Default(ValueType));
        }

        return typeof(TProperty).IsValueType
            ? Converted(property, where)
            : Expression.Condition(Expression.ReferenceEqual(property, Expression.Constant(null)), Expression.Default(ValueType),
                Converted(property, where));
    }

    public override Expression Append(Expression column, Expression value) => Expression.Invoke(Expression.Constant(AppendSlot), column, value);

    private Action<ColumnBuilder, Slot> AppendSlot => (column, slot) =>
    {
        if (slot.HasValue) append(column, slot.Value);
        else column.AppendNull();
    };

    private NewExpression Converted(Expression value, string where) =>
        Expression.New(typeof(Slot).GetConstructors()[0], Expression.Invoke(Expression.Constant(convert), value, Expression.Constant(where)));

    /// <summary>A converted value, or none; for structs and references.</summary>
    private readonly struct Slot(TValue value)
    {
        public TValue Value { get; } = value;

        public bool HasValue { get; } = value is not null;
    }
}
