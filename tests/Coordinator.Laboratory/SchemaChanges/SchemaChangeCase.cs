namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>One change of one table.</summary>
/// <param name="Number">Part of the table's name.</param>
/// <param name="From">The type of <c>v</c> when the first rows are written.</param>
/// <param name="To">The type of <c>v</c> after the change.</param>
/// <param name="Alteration">The kind of change.</param>
/// <param name="Actor">The origin of the change.</param>
/// <param name="MidTraffic">Whether rows are written during the change.</param>
internal sealed record SchemaChangeCase(int Number, ColumnKind From, ColumnKind To, Alteration Alteration, Actor Actor, bool MidTraffic)
{
    public string Table => FormattableString.Invariant($"t{Number}");

    public override string ToString() => $"{Table}: {From.Type} to {To.Type}, {Alteration} by {Actor}{(MidTraffic ? ", mid-traffic" : "")}";
}
