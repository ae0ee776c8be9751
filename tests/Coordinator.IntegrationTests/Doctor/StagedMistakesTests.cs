namespace Coordinator.IntegrationTests.Doctor;

/// <summary>Each mistake of an operator is named by one check of <c>client-host doctor</c>, with its cause and what to do, and no other check is
/// affected.</summary>
public sealed class StagedMistakesTests(DoctorFixture servers) : IClassFixture<DoctorFixture>
{
    public static TheoryData<string> Names => [.. Mistakes.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_mistake_is_named_with_what_to_do(string name)
    {
        var mistake = Mistakes.All[name];
        await using var stage = await Stage.StartAsync(servers, mistake.Simulator);
        await mistake.Make(stage);
        // Of a server that the stage starts, the port is known only now.
        var check = mistake.Check == "memcached " ? mistake.Check + stage.Settings["Coordinator:Locking:Memcached:Servers"] : mistake.Check;
        (await stage.ExamineAsync()).AssertFinding(check, mistake.Status, stage.Text(mistake.Cause), stage.Text(mistake.Advice));
    }
}
