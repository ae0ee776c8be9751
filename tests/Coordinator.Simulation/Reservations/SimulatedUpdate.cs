using Coordinator.Core.Reservations;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Simulation.Reservations;

/// <summary>One update. It runs where it is submitted, again elsewhere when that silo is declared dead, until it is committed.</summary>
internal sealed class SimulatedUpdate(World world, Cluster cluster, int number, IReadOnlyList<(TableName Table, ReservationMode Mode)> tables,
    TimeSpan sql)
{
    private readonly IntentId _id = new(Guid.Empty, number);
    private int _tries;

    public bool IsDone { get; private set; }

    /// <summary>How often it restarted.</summary>
    public int Restarts { get; private set; }

    public TimeSpan Sql => sql;

    public Exception? Failure { get; private set; }

    public void Start() => world.After(world.UpTo(20), Submit);

    public override string ToString() => $"update {number}";

    private void Submit()
    {
        if (IsDone) return;
        var silo = cluster.AnySilo();
        if (silo.IsPaused)
        {
            world.After(TimeSpan.FromSeconds(1), Submit);
            return;
        }

        var began = world.Now;
        // The update grain has a lock too.
        bool MayRun() => silo.PausedAt < began || silo.PausedFor < SimulatedActivation.LockValidity;
        silo.Run(() => _ = RunAsync(silo, MayRun));
        Watch(silo);
    }

    /// <summary>A silo that is declared dead no longer runs the update, once the lock of its grain has expired.</summary>
    private void Watch(Process silo) => world.After(TimeSpan.FromSeconds(1), () =>
    {
        if (IsDone) return;
        if (cluster.IsGone(silo.Name)) world.After(SimulatedActivation.LockTtl, Submit);
        else Watch(silo);
    });

    private async Task RunAsync(Process silo, Func<bool> mayRun)
    {
        try
        {
            while (!IsDone && mayRun())
            {
                if (await TryAsync(silo, mayRun)) IsDone = true;
                else Restarts++;
            }
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    private async Task<bool> TryAsync(Process silo, Func<bool> mayRun)
    {
        var holder = new Holder(new($"{number}/{_tries++}"), new(silo.Name), "");
        if (world.IsRecording) world.Note($"{this} begins on {silo} as {holder.Token}");
        await using var reservations =
            new TableReservations(_id, holder, tables, new ProcessTurns(cluster, silo), cluster.Scenario.Options, silo.Clock);
        try
        {
            await reservations.AcquireAsync(CancellationToken.None);
            var from = world.Now;
            if (world.IsRecording) world.Note($"{holder.Token} has its tables");
            if (cluster.History.IsCommitted(ToString())) return true;
            await Task.Delay(sql, silo.Clock, reservations.Lost);
            if (!cluster.Scenario.CommitsUnasked && !(mayRun() && await reservations.StandAsync(CancellationToken.None)))
            {
                if (world.IsRecording) world.Note($"{holder.Token} lost {reservations.LostTable}");
                return false;
            }

            if (!cluster.History.IsCommitted(ToString())) cluster.History.Commit(ToString(), from, world.Now, tables);
            if (world.IsRecording) world.Note($"{holder.Token} commits");
            return true;
        }
        catch (OperationCanceledException)
        {
            if (world.IsRecording) world.Note($"{holder.Token} lost {reservations.LostTable}");
            return false;
        }
        catch (IntentExpiredException)
        {
            return false;
        }
    }
}
