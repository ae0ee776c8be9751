using System.Diagnostics.CodeAnalysis;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Rows that fit a table, or why they do not.</summary>
public sealed record BindResult
{
    private BindResult(RowBlock? rows, IReadOnlyList<RowError> errors) => (Rows, Errors) = (rows, errors);

    /// <summary>The rows with every column of its target's wire type and within its range; the very block given if nothing had to change.</summary>
    public RowBlock? Rows { get; }

    /// <summary>What does not fit, in the order of rows, at most a hundred.</summary>
    public IReadOnlyList<RowError> Errors { get; }

    /// <summary>True if <see cref="Rows"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Rows))]
    public bool Fits => Rows is not null;

    public static BindResult Of(RowBlock rows) => new(rows, []);

    public static BindResult Failed(params IReadOnlyList<RowError> errors) => new(null, errors);
}
