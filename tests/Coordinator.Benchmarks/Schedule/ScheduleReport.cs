namespace Coordinator.Benchmarks.Schedule;

/// <summary>What became of every tick, by the ledger, the table and the receipts.</summary>
/// <param name="Hosts">Hosts that kept the schedule.</param>
/// <param name="Killed">Those of them that were killed half-way.</param>
/// <param name="Ticks">Ticks that came.</param>
/// <param name="Runs">Ticks that ran: rows of the ledger.</param>
/// <param name="Coalesced">Ticks that the row of an earlier one covers.</param>
/// <param name="CoalescedReceipts">Ticks whose receipt says so.</param>
/// <param name="Lost">Ticks that no row covers.</param>
/// <param name="Doubled">Ticks that several rows cover, and rows of the job's table beyond those of its ledger.</param>
internal sealed record ScheduleReport(int Hosts, int Killed, int Ticks, int Runs, int Coalesced, int CoalescedReceipts, int Lost, long Doubled)
{
    public bool IsExact => Lost == 0 && Doubled == 0 && Runs + Coalesced == Ticks && CoalescedReceipts == Coalesced;

    public IEnumerable<string> Lines =>
    [
        $"{Hosts} hosts on one schedule, {Killed} killed half-way",
        $"{Ticks} ticks: {Runs} ran, {Coalesced} were coalesced ({CoalescedReceipts} receipts say so), {Lost} lost, {Doubled} doubled",
    ];
}
