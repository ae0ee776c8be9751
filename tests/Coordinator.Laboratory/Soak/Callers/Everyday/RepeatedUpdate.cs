using Coordinator.Client;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Simulation.Histories;
using Coordinator.Tables;

namespace Coordinator.Laboratory.Soak.Callers.Everyday;

/// <summary>An update that reads one table and writes one row into the last one.</summary>
internal sealed class RepeatedUpdate : IEverydayEvent
{
    // A count of all rows would cost more and more.
    private const int MostCounted = 100;

    public string Name => "update";

    public TimeSpan Every => TimeSpan.FromMilliseconds(500);

    public async Task HappenAsync(CallersScene scene, CancellationToken ct)
    {
        var (target, read, key) = (scene.Settings.TableNames[^1], scene.AnyTable, scene.Log.NextKey());
        var intent = scene.Intent(target, []);
        var request = new UpdateRequest
        {
            Sql = FormattableString.Invariant($"""
                INSERT INTO {target} (id, code, note)
                SELECT {key}, count(*), 'total' FROM (SELECT id FROM {read} LIMIT {MostCounted}) AS counted
                """),
            Writes = [TableName.Parse(target)],
            Reads = [TableName.Parse(read)],
        };
        var text = "";
        var answer = await scene.Log.RecordAsync(intent, [new SentRow(key, null)], async () =>
        {
            var heard = await SdkAnswer.OfAsync(() => scene.Client.UpdateAsync(request, SdkAnswer.Options(intent), ct));
            text = heard.Text;
            return heard;
        });
        if (answer == CallAnswer.Rejected) scene.Files.Trouble($"{Name}: {text}");
    }
}
