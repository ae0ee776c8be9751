using Coordinator.Core.Committing;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;

namespace Coordinator.Tests.Committing;

/// <summary>What the caller of an intent hears of a failed transaction: the type, the id, what to do next, and the warehouse's own text.</summary>
public sealed class CallerFailureTests
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(FailureKind.Unknown, typeof(OutcomeUnknownException), "is unknown. Submit the same id again to learn it. (the socket closed)")]
    [InlineData(FailureKind.Conflict, typeof(WarehouseUnavailableException), "met a conflict at every try and wrote nothing.")]
    [InlineData(FailureKind.Unavailable, typeof(WarehouseUnavailableException), "The warehouse is unavailable; this submission of intent")]
    public void A_failure_of_the_warehouse_has_its_own_type_the_id_and_the_cause(FailureKind kind, Type type, string text)
    {
        var failure = CallerFailure.Of(new WarehouseException(kind, "the socket closed"), Some.Id(7), Later);
        Assert.IsType(type, failure);
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"intent {Some.Id(7)}", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("(the socket closed)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Later, failure.RetryAfter);
    }

    [Theory]
    [InlineData(FailureKind.Conflict)]
    [InlineData(FailureKind.Unavailable)]
    public void A_submission_that_wrote_nothing_says_that_an_earlier_one_may_have(FailureKind kind) => Assert.Contains(
        "Only the ledger knows whether an earlier submission did: submit the same id again.",
        CallerFailure.Of(new WarehouseException(kind, "x"), Some.Id(1), Later).Message, StringComparison.Ordinal);

    [Fact]
    public void An_activation_that_goes_away_sends_its_callers_to_the_next_one_without_delay()
    {
        Exception[] ends = [new WarehouseException(FailureKind.TurnLost, "x"), new OperationCanceledException()];
        Assert.All(ends, static end =>
        {
            var failure = Assert.IsType<TableMovedException>(CallerFailure.Of(end, Some.Id(7), Later));
            Assert.Equal(
                $"The activation that had intent {Some.Id(7)} is going away. Submit it again: it reaches the next one.", failure.Message);
        });
    }

    [Fact]
    public void An_unexpected_failure_names_its_type_and_where_to_read_more()
    {
        var failure = CallerFailure.Of(new InvalidDataException("secret"), Some.Id(7), Later);
        Assert.IsType<CoordinatorException>(failure);
        Assert.Equal($"Intent {Some.Id(7)} failed unexpectedly: InvalidDataException. The silo's log has more.", failure.Message);
        Assert.Equal(Later, failure.RetryAfter);
    }

    [Fact]
    public void A_query_without_an_answer_names_what_was_asked_and_why_there_is_none()
    {
        var down = new WarehouseException(FailureKind.Unavailable, "connection refused");
        var ofIntent = Assert.IsType<WarehouseUnavailableException>(CallerFailure.OfQuestion(down, Some.Id(7), Later));
        Assert.Equal(
            $"The ledgers cannot be asked, so whether intent {Some.Id(7)} is committed is not known. Ask again. (connection refused)",
            ofIntent.Message);
        var ofTable = Assert.IsType<WarehouseUnavailableException>(CallerFailure.OfQuestion(down, Some.Table, Later));
        Assert.Equal("The ledger of public.events cannot be asked now. Ask again. (connection refused)", ofTable.Message);
        Assert.Equal((Later, Later), (ofIntent.RetryAfter, ofTable.RetryAfter));
    }
}
