import Icon from '@momentum-design/components/react/icon/index.js'
import { filePath, type RotationAnswer, rotationFiles } from '../../data/rotations.ts'
import { useWords } from '../../language/use-words.ts'

/** Report and host e-mails as files. */
export function Downloads({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  return (
    <section className="card stack">
      <h2>{text.downloadsTitle}</h2>
      <ul className="downloads">
        {rotationFiles.map(name => (
          <li key={name}>
            <a href={filePath(rotation, name)} download>
              <Icon name="download-bold" /> {text.downloads[name]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
