namespace Coordinator.Benchmarks.Schedule;

/// <summary>The outcome of every tick, from the ledger, the table and the receipts.</summary>
/// <param name="Hosts">Hosts that ran the schedule.</param>
/// <param name="Killed">How many of these were killed half-way.</param>
/// <param name="Ticks">Ticks that became due.</param>
/// <param name="Runs">Ticks that ran: rows of the ledger.</param>
/// <param name="Coalesced">Ticks covered by the row of an earlier tick.</param>
/// <param name="CoalescedReceipts">Ticks whose receipt says coalesced.</param>
/// <param name="Lost">Ticks covered by no row.</param>
/// <param name="Doubled">Ticks covered by several rows, and rows of the job's table beyond those of its ledger.</param>
internal sealed record ScheduleReport(int Hosts, int Killed, int Ticks, int Runs, int Coalesced, int CoalescedReceipts, int Lost, long Doubled)
{
    public bool IsExact => Lost == 0 && Doubled == 0 && Runs + Coalesced == Ticks && CoalescedReceipts == Coalesced;

    public IEnumerable<string> Lines =>
    [
        $"{Hosts} hosts on one schedule, {Killed} killed half-way",
        $"{Ticks} ticks: {Runs} ran, {Coalesced} were coalesced ({CoalescedReceipts} receipts say so), {Lost} lost, {Doubled} doubled",
    ];
}
