import { useMutation } from '@tanstack/react-query'
import { client } from '../../data/client.ts'
import { keys } from '../../data/keys.ts'
import { act, type RotationAction, type RotationAnswer } from '../../data/rotations.ts'

/** Starts, pauses, resumes, approves or undoes a rotation, and shows the rotation as the service answers it. */
export function useRotationAction(
  rotation: RotationAnswer,
  onDone?: (answer: RotationAnswer, action: RotationAction) => void,
) {
  return useMutation({
    mutationFn: (action: RotationAction) => act(rotation, action),
    onSuccess: async (answer, action) => {
      client.setQueryData(keys.rotation(answer), answer)
      await client.invalidateQueries({ queryKey: keys.rotations })
      onDone?.(answer, action)
    },
  })
}
