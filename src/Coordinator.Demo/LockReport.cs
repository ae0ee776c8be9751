namespace Coordinator.Demo;

/// <summary>The counts of the silo's ghetto locks.</summary>
/// <param name="Provider"><c>InProcess</c> or <c>Memcached</c>.</param>
/// <param name="Acquired">Acquired keys.</param>
/// <param name="Renewed">Renewals.</param>
/// <param name="Released">Released keys.</param>
/// <param name="Lost">Renewals that found no key, or another owner's.</param>
/// <param name="Refused">Tries that found another owner's key.</param>
/// <param name="Unknown">Requests without a trustworthy answer.</param>
internal sealed record LockReport(string Provider, long Acquired, long Renewed, long Released, long Lost, long Refused, long Unknown);
