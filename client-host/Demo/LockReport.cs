namespace Coordinator.ClientHost.Demo;

/// <summary>What became of the silo's ghetto locks.</summary>
/// <param name="Provider"><c>InProcess</c> or <c>Memcached</c>.</param>
/// <param name="Acquired">Keys taken.</param>
/// <param name="Renewed">Lives lengthened.</param>
/// <param name="Released">Keys given back.</param>
/// <param name="Lost">Renewals that found the key gone or another's.</param>
/// <param name="Refused">Tries that found the key another's.</param>
/// <param name="Unknown">Exchanges without an answer that can be believed.</param>
internal sealed record LockReport(string Provider, long Acquired, long Renewed, long Released, long Lost, long Refused, long Unknown);
