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

    [Theory]
    [InlineData("k-7", "k-7")]
    [InlineData("\"k-7\"", "k-7")]
    [InlineData("\"say \\\"it\\\" \\\\ again\"", "say \"it\" \\ again")]
    [InlineData("a\"b", "a\"b")]
    [InlineData(" k-7", " k-7")]
    [InlineData("käse", "käse")]
    [InlineData("11111111-AAAA-4111-8111-11111111111F", "11111111-aaaa-4111-8111-11111111111f")]
    [InlineData("\"11111111-AAAA-4111-8111-11111111111f\"", "11111111-aaaa-4111-8111-11111111111f")]
    public void However_a_key_is_written_it_is_one(string text, string key)
    {
        Assert.Equal(IntentId.FromKey(key), IntentId.FromText(text));
        Assert.Equal(new IntentId(IntentId.OriginOf(key), 0), IntentId.FromText(text));
    }

    [Theory]
    [InlineData("11111111-aaaa-4111-8111-11111111111f.7")]
    [InlineData("11111111-AAAA-4111-8111-11111111111F.7")]
    [InlineData("\"11111111-AAAA-4111-8111-11111111111f.7\"")]
    public void An_id_in_any_case_and_in_quotes_is_the_id(string text) =>
        Assert.Equal(new IntentId(Guid.Parse("11111111-aaaa-4111-8111-11111111111f"), 7), IntentId.FromText(text));

    [Fact]
    public void Keys_that_differ_in_case_and_are_no_UUIDs_are_two()
    {
        Assert.NotEqual(IntentId.FromText("order-a"), IntentId.FromText("order-A"));
        Assert.NotEqual(IntentId.FromText("11111111-AAAA-4111-8111-11111111111f"), IntentId.FromText(" 11111111-AAAA-4111-8111-11111111111f"));
        Assert.NotEqual(IntentId.FromText("{11111111-AAAA-4111-8111-11111111111f}"), IntentId.FromText("{11111111-aaaa-4111-8111-11111111111f}"));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData("\"\"", "is empty")]
    [InlineData("\"", "closing quote is missing")]
    [InlineData("\"k-7", "closing quote is missing")]
    [InlineData("\"k-7\\\"", "closing quote is missing")]
    [InlineData("\"k\" 7", "something follows the closing quote at position 3")]
    [InlineData("\"k\";v=1", "something follows")]
    [InlineData("\"k\\7\"", "backslash at position 3")]
    [InlineData("\"k\\", "backslash at position 3")]
    [InlineData("\"käse\"", "character at position 3")]
    [InlineData("\"a\tb\"", "character at position 3")]
    public void A_malformed_key_is_refused_and_says_why(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => IntentId.FromText(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_has_a_longest_length()
    {
        IntentId.FromText(new string('k', IntentId.MaxKeyLength));
        Assert.Throws<FormatException>(() => IntentId.FromText(new string('k', IntentId.MaxKeyLength + 1)));
    }

    [Fact]
    public void One_key_is_one_id_and_others_are_others()
    {
        Assert.Equal(IntentId.FromKey("order-4711"), IntentId.FromKey("order-4711"));
        Assert.NotEqual(IntentId.FromKey("order-4711"), IntentId.FromKey("order-4712"));
        Assert.Equal('8', IntentId.FromKey("order-4711").Origin.ToString()[14]);
    }
}
