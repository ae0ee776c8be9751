namespace Coordinator.Benchmarks.Poison;

/// <summary>Who sends rows that violate a CHECK.</summary>
internal enum PoisonKind
{
    /// <summary>No caller.</summary>
    None,

    /// <summary>Every caller, now and then; all callers have one source.</summary>
    AllCallers,

    /// <summary>A few callers, always; every caller has a source of its own.</summary>
    FewSources,
}
