using System.Text.Json;
using Coordinator.Contention;

namespace Coordinator.Tests.Contention;

/// <summary>The texts are the contract of <c>/api/contention</c> and of the metrics' labels.</summary>
public sealed class EnumTextTests
{
    [Fact]
    public void Turns_have_the_kinds_of_the_contract() => AssertTexts<TurnKind>("insert", "exclusive", "shared", "lock");

    [Fact]
    public void Turns_have_the_outcomes_of_the_contract() =>
        AssertTexts<TurnOutcome>("committed", "rejected", "failed", "mixed", "revoked", "released");

    [Fact]
    public void Locks_have_the_states_of_the_contract() =>
        AssertTexts<LeaseState>("none", "waiting", "quarantined", "held", "unverified", "lost", "released");

    [Fact]
    public void Conflicts_have_the_kinds_of_the_contract() => AssertTexts<WriteKind>("insert", "update");

    [Fact]
    public void A_holder_has_the_fields_of_the_contract_in_json() => Assert.Equal(
        """{"kind":"exclusive","source":"nightly","sinceMilliseconds":42,"id":"1"}""",
        JsonSerializer.Serialize(new TurnHolder(TurnKind.Exclusive, "nightly", 42, "1"), JsonSerializerOptions.Web));

    [Fact]
    public void A_lock_has_the_fields_of_the_contract_in_json() => Assert.Equal(
        """{"state":"unverified","owner":"me","remainingMilliseconds":7}""",
        JsonSerializer.Serialize(new LockView(LeaseState.Unverified, "me", 7), JsonSerializerOptions.Web));

    private static void AssertTexts<T>(params string[] texts)
        where T : struct, Enum
    {
        Assert.Equal(texts, Enum.GetValues<T>().Select(static value => value.ToText()));
        var json = Enum.GetValues<T>().Select(static value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web));
        Assert.Equal(texts, json.Select(static text => JsonSerializer.Deserialize<string>(text)!));
    }
}
