namespace Coordinator.ClientHost.Settings;

/// <summary>What the settings of <c>serve</c> lead to: for one line in the log at its start, and for <c>serve --check</c>. No secrets.</summary>
internal sealed record ServeSummary
{
    /// <summary>Where the membership of the silos is kept.</summary>
    public required string Cluster { get; init; }

    public required string ClusterId { get; init; }

    /// <summary>The one gateway of a cluster on this machine; null where the membership names the gateways.</summary>
    public string? Gateway { get; init; }

    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The names of the registered jobs.</summary>
    public required IReadOnlyList<string> Jobs { get; init; }

    public override string ToString() =>
        $"client: cluster {ClusterId} by {Cluster}{(Gateway is null ? "" : $", gateway {Gateway}")}; urls {string.Join(';', Urls)}; "
        + $"jobs {(Jobs.Count > 0 ? string.Join(", ", Jobs) : "none")}";
}
