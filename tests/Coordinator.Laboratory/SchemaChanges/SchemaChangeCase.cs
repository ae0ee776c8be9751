namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>One change of one table.</summary>
/// <param name="Number">Names its table.</param>
/// <param name="From">What <c>v</c> is when the first rows come.</param>
/// <param name="To">What it is afterwards.</param>
/// <param name="Alteration">How.</param>
/// <param name="Actor">By whom.</param>
/// <param name="MidTraffic">Whether rows come all the while.</param>
internal sealed record SchemaChangeCase(int Number, ColumnKind From, ColumnKind To, Alteration Alteration, Actor Actor, bool MidTraffic)
{
    public string Table => FormattableString.Invariant($"t{Number}");

    public override string ToString() => $"{Table}: {From.Type} to {To.Type}, {Alteration} by {Actor}{(MidTraffic ? ", mid-traffic" : "")}";
}
