using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Receipts;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>What a receipt or exception of the SDK says about an intent.</summary>
internal static class SdkAnswer
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public static WriteOptions Options(ChaosIntent intent) => new() { Id = intent.Id, Source = intent.Source, Timeout = Timeout };

    public static async Task<(CallAnswer Answer, string Text)> OfAsync(Func<Task<WriteReceipt>> call)
    {
        try
        {
            var receipt = await call();
            return receipt.IsCommitted ? (CallAnswer.Committed, "") : (CallAnswer.Rejected, string.Join("; ", receipt.Errors));
        }
        catch (OutcomeUnknownException unknown)
        {
            return (CallAnswer.Unknown, unknown.Message);
        }
        catch (CoordinatorException failure)
        {
            return (CallAnswer.NotWritten, $"{failure.GetType().Name}: {failure.Message}");
        }
        catch (OperationCanceledException)
        {
            return (CallAnswer.Unknown, "");
        }
    }
}
