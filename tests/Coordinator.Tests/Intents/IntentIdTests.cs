using Coordinator.Intents;

namespace Coordinator.Tests.Intents;

public sealed class IntentIdTests
{
    [Fact]
    public void The_text_form_reads_back()
    {
        var id = new IntentId(Guid.NewGuid(), long.MaxValue);
        Assert.Equal(id, IntentId.Parse(id.ToString()));
    }

    [Theory]
    [InlineData("order-4711")]
    [InlineData("11111111-1111-4111-8111-111111111111")]
    [InlineData("11111111-1111-4111-8111-111111111111.")]
    [InlineData("11111111-1111-4111-8111-111111111111.-1")]
    [InlineData("11111111-1111-4111-8111-111111111111.99999999999999999999")]
    public void What_is_no_id_is_refused(string text) => Assert.False(IntentId.TryParse(text, null, out _));

    [Fact]
    public void One_key_is_one_id_and_others_are_others()
    {
        Assert.Equal(IntentId.FromKey("order-4711"), IntentId.FromKey("order-4711"));
        Assert.NotEqual(IntentId.FromKey("order-4711"), IntentId.FromKey("order-4712"));
        Assert.Equal('8', IntentId.FromKey("order-4711").Origin.ToString()[14]);
    }
}
