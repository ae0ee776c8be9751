using System.Diagnostics.CodeAnalysis;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Bound rows, or the reasons why they do not fit.</summary>
public sealed record BindResult
{
    private BindResult(RowBlock? rows, IReadOnlyList<RowError> errors) => (Rows, Errors) = (rows, errors);

    /// <summary>The rows with every column in its target's wire type and range; the same block as before if nothing had to change.</summary>
    public RowBlock? Rows { get; }

    /// <summary>The errors, in the order of rows, at most a hundred.</summary>
    public IReadOnlyList<RowError> Errors { get; }

    /// <summary>True if there are <see cref="Rows"/>.</summary>
    [MemberNotNullWhen(true, nameof(Rows))]
    public bool Fits => Rows is not null;

    public static BindResult Of(RowBlock rows) => new(rows, []);

    public static BindResult Failed(params IReadOnlyList<RowError> errors) => new(null, errors);
}
